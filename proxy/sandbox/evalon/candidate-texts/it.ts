import type { CandidateTexts } from './candidate-texts.ts';

export const it: CandidateTexts = {
  heading: (label) => `Valutazione: ${label}`,
  forCandidate: (name) => `Valutazione per ${name}`,
  lead: (questions, sections) =>
    `Domande brevi: ${questions}. Sezioni: ${sections}. Durata: circa quattro minuti. Non ci sono domande a trabocchetto. Risponda come farebbe in un normale giorno di lavoro.`,
  questionCount: (count) => `Domande: ${count}`,
  start: 'Inizia la valutazione',
  decline: 'Rifiuta',
  progress: (index, count) => `sezione ${index} di ${count}`,
  incompletePageTitle: (pageTitle) => `Incompleto: ${pageTitle}`,
  next: 'Continua',
  submit: 'Invia le risposte',
  answerAll: 'Risponda a tutte le domande per continuare.',
  notAnswered: 'Ancora senza risposta:',
  thanks: (name) => `Grazie, ${name}`,
  thanksText: 'Le Sue risposte sono state inviate. L’azienda che ha inviato l’invito vedrà il risultato tra poco.',
  expired: 'Questo link è scaduto',
  expiredText: 'Non può più svolgere questa valutazione. Chieda un nuovo link all’azienda che ha inviato l’invito.',
  declined: 'Ha rifiutato questa valutazione',
  declinedText: 'Non è stato registrato nulla. Se è stato un errore, contatti l’azienda che ha inviato l’invito.',
  completed: 'Ha già completato questa valutazione',
  completedText: 'Le Sue risposte sono state inviate. Può chiudere questa pagina.',
  unknown: 'Link sconosciuto',
  unknownText: 'Controlli di aver copiato tutto il link.',
  simulated: 'simulato',
  footer: 'Questa è una dimostrazione. Nessun dato lascia questo computer.',
};
