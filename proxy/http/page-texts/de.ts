import type { PageTexts } from './page-texts.ts';

export const de: PageTexts = {
  resultTitle: 'Ergebnis des Eignungstests',
  needsJavaScript: 'Diese Seite benötigt JavaScript.',
  signInTitle: 'Anmeldung bei Evalon',
  signedIn: 'Sie sind angemeldet',
  goBack:
    'Kehren Sie zu der Seite zurück, auf der Sie „Anmelden“ angeklickt haben. Sie können dieses Fenster schließen.',
  oneMoreStep: 'Noch ein Schritt',
  enterCode: 'Geben Sie diesen Code im Bereich „Eignungstests“ von {origin} ein, wo Sie „Anmelden“ angeklickt haben:',
  codeWarning:
    'Geben Sie diesen Code nicht weiter, und tragen Sie ihn auf keiner anderen Seite ein. Wenn Sie dort nicht „Anmelden“ angeklickt haben, schließen Sie dieses Fenster.',
  notSignedIn: 'Sie sind nicht angemeldet',
  signInFailed: 'Die Anmeldung ist fehlgeschlagen. Versuchen Sie es erneut oder wenden Sie sich an die IT.',
};
