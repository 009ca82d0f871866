import type { CandidateTexts } from './candidate-texts.ts';

export const en: CandidateTexts = {
  heading: (label) => `${label} assessment`,
  forCandidate: (name) => `Assessment for ${name}`,
  lead: (questionCount, sectionCount) =>
    `${questionCount} short questions in ${sectionCount} sections, about four minutes. There are no trick questions. Answer as you would on an ordinary working day.`,
  questionCount: (count) => `${count} questions`,
  start: 'Start the assessment',
  decline: 'Decline',
  progress: (sectionNumber, sectionCount) => `section ${sectionNumber} of ${sectionCount}`,
  incompletePageTitle: (pageTitle) => `Incomplete: ${pageTitle}`,
  next: 'Continue',
  submit: 'Submit answers',
  answerAll: 'Answer every question to continue.',
  notAnswered: 'Not answered yet:',
  thanks: (name) => `Thank you, ${name}`,
  thanksText: 'Your answers were submitted. The company that invited you will see the result in a moment.',
  expired: 'This link has expired',
  expiredText: 'You can no longer take this assessment. Ask the company that invited you for a new link.',
  declined: 'You declined this assessment',
  declinedText: 'Nothing was recorded. If this was a mistake, contact the company that invited you.',
  completed: 'You have already completed this assessment',
  completedText: 'Your answers were submitted. You can close this page.',
  unknown: 'Unknown link',
  unknownText: 'Check that you copied the whole link.',
  simulated: 'simulated',
  footer: 'This is a demo. No data leaves this machine.',
};
