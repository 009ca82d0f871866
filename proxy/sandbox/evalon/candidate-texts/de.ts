import type { CandidateTexts } from './candidate-texts.ts';

export const de: CandidateTexts = {
  heading: (label) => `Eignungstest: ${label}`,
  forCandidate: (name) => `Eignungstest für ${name}`,
  lead: (questions, sections) =>
    `${questions} kurze Fragen in ${sections} Abschnitten, etwa vier Minuten. Es gibt keine Fangfragen. Antworten Sie so, wie Sie an einem gewöhnlichen Arbeitstag handeln würden.`,
  questionCount: (count) => `Fragen: ${count}`,
  start: 'Eignungstest beginnen',
  decline: 'Ablehnen',
  progress: (index, count) => `Abschnitt ${index} von ${count}`,
  incompletePageTitle: (pageTitle) => `Unvollständig: ${pageTitle}`,
  next: 'Weiter',
  submit: 'Antworten einreichen',
  answerAll: 'Beantworten Sie alle Fragen, um fortzufahren.',
  notAnswered: 'Noch nicht beantwortet:',
  thanks: (name) => `Vielen Dank, ${name}`,
  thanksText:
    'Ihre Antworten wurden eingereicht. Das Unternehmen, das Sie eingeladen hat, sieht das Ergebnis in wenigen Augenblicken.',
  expired: 'Dieser Link ist abgelaufen',
  expiredText:
    'Sie können diesen Eignungstest nicht mehr absolvieren. Bitten Sie das Unternehmen, das Sie eingeladen hat, um einen neuen Link.',
  declined: 'Sie haben diesen Eignungstest abgelehnt',
  declinedText:
    'Es wurde nichts gespeichert. Wenn das ein Versehen war, wenden Sie sich an das Unternehmen, das Sie eingeladen hat.',
  completed: 'Sie haben diesen Eignungstest bereits abgeschlossen',
  completedText: 'Ihre Antworten wurden eingereicht. Sie können diese Seite schließen.',
  unknown: 'Unbekannter Link',
  unknownText: 'Prüfen Sie, ob Sie den ganzen Link kopiert haben.',
  simulated: 'simuliert',
  footer: 'Dies ist eine Demo. Keine Daten verlassen diesen Rechner.',
};
