import type { CandidateTexts } from './candidate-texts.ts';

export const fr: CandidateTexts = {
  heading: (label) => `Évaluation : ${label}`,
  forCandidate: (name) => `Évaluation pour ${name}`,
  lead: (questions, sections) =>
    `Questions courtes : ${questions}. Sections : ${sections}. Durée : environ quatre minutes. Il n’y a pas de question piège. Répondez comme vous le feriez un jour de travail ordinaire.`,
  questionCount: (count) => `Questions : ${count}`,
  start: 'Commencer l’évaluation',
  decline: 'Refuser',
  progress: (index, count) => `section ${index} sur ${count}`,
  incompletePageTitle: (pageTitle) => `Incomplet : ${pageTitle}`,
  next: 'Continuer',
  submit: 'Envoyer les réponses',
  answerAll: 'Répondez à toutes les questions pour continuer.',
  notAnswered: 'Sans réponse pour l’instant :',
  thanks: (name) => `Merci, ${name}`,
  thanksText: 'Vos réponses ont été envoyées. L’entreprise qui vous a invité verra le résultat dans un instant.',
  expired: 'Ce lien a expiré',
  expiredText:
    'Vous ne pouvez plus passer cette évaluation. Demandez un nouveau lien à l’entreprise qui vous a invité.',
  declined: 'Vous avez refusé cette évaluation',
  declinedText: 'Rien n’a été enregistré. S’il s’agit d’une erreur, contactez l’entreprise qui vous a invité.',
  completed: 'Vous avez déjà terminé cette évaluation',
  completedText: 'Vos réponses ont été envoyées. Vous pouvez fermer cette page.',
  unknown: 'Lien inconnu',
  unknownText: 'Vérifiez que vous avez copié le lien en entier.',
  simulated: 'simulation',
  footer: 'Ceci est une démonstration. Aucune donnée ne quitte cette machine.',
};
