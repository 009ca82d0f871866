export const resultOverdue =
  'Evalon zgłosił ukończenie 24 godziny temu, ale nie zwrócił jeszcze wyniku. Skontaktuj się z działem IT.';
export const sameEndedSession =
  'Evalon zwrócił ten sam zakończony test zamiast nowego. Zaproś kandydata w innym projekcie lub skontaktuj się z pomocą techniczną Evalon.';
export const endedWithoutResult = 'Test zakończył się bez wyniku.';

export const endings = {
  expired: {
    cause: 'Link wygasł przed ukończeniem testu.',
    causeAndAction: 'Link wygasł przed ukończeniem testu. Zaproś ponownie, aby uzyskać nowy link.',
  },
  cancelled: {
    cause: 'Test został anulowany.',
    causeAndAction: 'Test został anulowany. Jeśli ta osoba ma go jeszcze rozwiązać, zaproś ponownie.',
  },
  declined: {
    cause: 'Ta osoba odmówiła rozwiązania testu.',
    causeAndAction: 'Ta osoba odmówiła rozwiązania testu. Porozmawiaj z nią przed ponownym zaproszeniem.',
  },
  failed: {
    cause: 'Test nie powiódł się po stronie Evalon. To nie jest ocena kandydata.',
    causeAndAction:
      'Test nie powiódł się po stronie Evalon. To nie jest ocena kandydata. Zaproś ponownie lub skontaktuj się z działem IT.',
  },
};
