import type { PageTexts } from './page-texts.ts';

export const nl: PageTexts = {
  resultTitle: 'Resultaat van het assessment',
  needsJavaScript: 'Deze pagina heeft JavaScript nodig.',
  signInTitle: 'Aanmelden bij Evalon',
  signedIn: 'U bent aangemeld',
  goBack: 'Ga terug naar de pagina waarop u op ‘Aanmelden’ hebt geklikt. U kunt dit venster sluiten.',
  oneMoreStep: 'Nog één stap',
  enterCode: 'Vul deze code in het assessmentspaneel van {origin} in, waar u op ‘Aanmelden’ hebt geklikt:',
  codeWarning:
    'Deel deze code niet en vul die op geen andere pagina in. Hebt u daar niet op ‘Aanmelden’ geklikt, sluit dan dit venster.',
  notSignedIn: 'U bent niet aangemeld',
  signInFailed: 'Aanmelden is mislukt. Probeer het opnieuw of neem contact op met IT.',
};
