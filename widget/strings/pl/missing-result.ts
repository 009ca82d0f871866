export const resultOverdue =
  'Evalon zgłosił ukończenie 24 godziny temu, ale nie zwrócił wyniku. Skontaktuj się z działem IT.';
export const sameEndedSession =
  'Evalon zwrócił sesję, która już się zakończyła. Użyj innego projektu lub skontaktuj się z pomocą techniczną Evalon.';
export const endedWithoutResult = 'Ocena zakończyła się bez wyniku.';

export const endings = {
  expired: {
    cause: 'Link wygasł przed ukończeniem oceny.',
    causeAndAction: 'Link wygasł przed ukończeniem oceny. Zaproś ponownie, aby uzyskać nowy link.',
  },
  cancelled: {
    cause: 'Ocena została anulowana.',
    causeAndAction: 'Ocena została anulowana. Jeśli kandydat ma ją jeszcze wykonać, zaproś ponownie.',
  },
  declined: {
    cause: 'Kandydat odmówił wykonania oceny.',
    causeAndAction: 'Kandydat odmówił wykonania oceny. Porozmawiaj z nim przed ponownym zaproszeniem.',
  },
  failed: {
    cause: 'Ocena nie powiodła się w Evalon. To nie jest werdykt dotyczący kandydata.',
    causeAndAction:
      'Ocena nie powiodła się w Evalon. To nie jest werdykt dotyczący kandydata. Zaproś ponownie lub skontaktuj się z działem IT.',
  },
};
