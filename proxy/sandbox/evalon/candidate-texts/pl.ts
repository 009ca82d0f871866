import type { CandidateTexts } from './candidate-texts.ts';

export const pl: CandidateTexts = {
  heading: (label) => `Test: ${label}`,
  forCandidate: (name) => `Test dla: ${name}`,
  lead: (questions, sections) =>
    `Krótkie pytania: ${questions}. Części: ${sections}. Czas: około czterech minut. Nie ma podchwytliwych pytań. Odpowiadaj tak, jak w zwykłym dniu pracy.`,
  questionCount: (count) => `Pytania: ${count}`,
  start: 'Rozpocznij test',
  decline: 'Zrezygnuj',
  progress: (index, count) => `część ${index} z ${count}`,
  incompletePageTitle: (pageTitle) => `Niekompletne: ${pageTitle}`,
  next: 'Dalej',
  submit: 'Prześlij odpowiedzi',
  answerAll: 'Odpowiedz na wszystkie pytania, aby kontynuować.',
  notAnswered: 'Jeszcze bez odpowiedzi:',
  thanks: (name) => `Dziękujemy, ${name}`,
  thanksText: 'Odpowiedzi zostały przesłane. Firma, od której pochodzi zaproszenie, za chwilę zobaczy wynik.',
  expired: 'Ten link wygasł',
  expiredText: 'Tego testu nie można już rozwiązać. Poproś o nowy link firmę, od której pochodzi zaproszenie.',
  declined: 'Zrezygnowano z tego testu',
  declinedText: 'Nic nie zostało zapisane. Jeśli to pomyłka, skontaktuj się z firmą, od której pochodzi zaproszenie.',
  completed: 'Ten test został już ukończony',
  completedText: 'Odpowiedzi zostały przesłane. Możesz zamknąć tę stronę.',
  unknown: 'Nieznany link',
  unknownText: 'Sprawdź, czy skopiowano cały link.',
  simulated: 'symulacja',
  footer: 'To jest demonstracja. Żadne dane nie opuszczają tego komputera.',
};
