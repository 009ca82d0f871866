export const resultOverdue =
  'Evalon hat vor 24 Stunden den Abschluss gemeldet, aber noch kein Ergebnis geliefert. Wenden Sie sich an die IT.';
export const sameEndedSession =
  'Evalon hat denselben beendeten Eignungstest statt eines neuen zurückgegeben. Laden Sie die Person in einem anderen Projekt ein oder wenden Sie sich an den Support von Evalon.';
export const endedWithoutResult = 'Der Eignungstest endete ohne Ergebnis.';

export const endings = {
  expired: {
    cause: 'Der Link ist abgelaufen, bevor der Eignungstest abgeschlossen wurde.',
    causeAndAction:
      'Der Link ist abgelaufen, bevor der Eignungstest abgeschlossen wurde. Laden Sie erneut ein, um einen neuen Link zu erhalten.',
  },
  cancelled: {
    cause: 'Der Eignungstest wurde storniert.',
    causeAndAction: 'Der Eignungstest wurde storniert. Soll die Person ihn noch absolvieren, laden Sie erneut ein.',
  },
  declined: {
    cause: 'Die Person hat den Eignungstest abgelehnt.',
    causeAndAction: 'Die Person hat den Eignungstest abgelehnt. Sprechen Sie mit ihr, bevor Sie erneut einladen.',
  },
  failed: {
    cause: 'Der Eignungstest ist bei Evalon fehlgeschlagen. Das ist kein Urteil über die Person.',
    causeAndAction:
      'Der Eignungstest ist bei Evalon fehlgeschlagen. Das ist kein Urteil über die Person. Laden Sie erneut ein oder wenden Sie sich an die IT.',
  },
};
