import type { CandidateTexts } from './candidate-texts.ts';

export const nl: CandidateTexts = {
  heading: (label) => `Assessment: ${label}`,
  forCandidate: (name) => `Assessment voor ${name}`,
  lead: (questions, sections) =>
    `Korte vragen: ${questions}. Onderdelen: ${sections}. Duur: ongeveer vier minuten. Er zijn geen strikvragen. Antwoord zoals u op een gewone werkdag zou doen.`,
  questionCount: (count) => `Vragen: ${count}`,
  start: 'Assessment starten',
  decline: 'Afwijzen',
  progress: (index, count) => `onderdeel ${index} van ${count}`,
  incompletePageTitle: (pageTitle) => `Onvolledig: ${pageTitle}`,
  next: 'Doorgaan',
  submit: 'Antwoorden indienen',
  answerAll: 'Beantwoord alle vragen om door te gaan.',
  notAnswered: 'Nog niet beantwoord:',
  thanks: (name) => `Bedankt, ${name}`,
  thanksText: 'Uw antwoorden zijn ingediend. Het bedrijf dat u heeft uitgenodigd, ziet het resultaat zo meteen.',
  expired: 'Deze link is verlopen',
  expiredText: 'U kunt dit assessment niet meer doen. Vraag het bedrijf dat u heeft uitgenodigd om een nieuwe link.',
  declined: 'U hebt dit assessment afgewezen',
  declinedText:
    'Er is niets vastgelegd. Was dit een vergissing, neem dan contact op met het bedrijf dat u heeft uitgenodigd.',
  completed: 'U hebt dit assessment al voltooid',
  completedText: 'Uw antwoorden zijn ingediend. U kunt deze pagina sluiten.',
  unknown: 'Onbekende link',
  unknownText: 'Controleer of u de hele link hebt gekopieerd.',
  simulated: 'gesimuleerd',
  footer: 'Dit is een demo. Er verlaten geen gegevens deze computer.',
};
