import type { CandidateTexts } from './candidate-texts.ts';

export const it: CandidateTexts = {
  heading: (label) => `Valutazione: ${label}`,
  forCandidate: (name) => `Valutazione per ${name}`,
  lead: (questions, sections) =>
    `Domande brevi: ${questions}. Sezioni: ${sections}. Durata: circa quattro minuti. Non ci sono domande a trabocchetto. Rispondi come faresti in un normale giorno di lavoro.`,
  questionCount: (count) => `Domande: ${count}`,
  start: 'Inizia la valutazione',
  decline: 'Rifiuta',
  progress: (index, count) => `sezione ${index} di ${count}`,
  incompletePageTitle: (pageTitle) => `Incompleto: ${pageTitle}`,
  next: 'Continua',
  submit: 'Invia le risposte',
  answerAll: 'Rispondi a tutte le domande per continuare.',
  notAnswered: 'Ancora senza risposta:',
  thanks: (name) => `Grazie, ${name}`,
  thanksText: 'Le tue risposte sono state inviate. L’azienda che ti ha invitato vedrà il risultato tra poco.',
  expired: 'Questo link è scaduto',
  expiredText: 'Non puoi più svolgere questa valutazione. Chiedi un nuovo link all’azienda che ti ha invitato.',
  declined: 'Hai rifiutato questa valutazione',
  declinedText: 'Non è stato registrato nulla. Se è stato un errore, contatta l’azienda che ti ha invitato.',
  completed: 'Hai già completato questa valutazione',
  completedText: 'Le tue risposte sono state inviate. Puoi chiudere questa pagina.',
  unknown: 'Link sconosciuto',
  unknownText: 'Controlla di aver copiato tutto il link.',
  simulated: 'simulato',
  footer: 'Questa è una dimostrazione. Nessun dato lascia questo computer.',
};
