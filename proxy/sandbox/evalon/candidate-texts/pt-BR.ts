import type { CandidateTexts } from './candidate-texts.ts';

export const ptBr: CandidateTexts = {
  heading: (label) => `Avaliação: ${label}`,
  forCandidate: (name) => `Avaliação para ${name}`,
  lead: (questions, sections) =>
    `Perguntas curtas: ${questions}. Seções: ${sections}. Duração: cerca de quatro minutos. Não há pegadinhas. Responda como faria em um dia normal de trabalho.`,
  questionCount: (count) => `Perguntas: ${count}`,
  start: 'Começar a avaliação',
  decline: 'Recusar',
  progress: (index, count) => `seção ${index} de ${count}`,
  incompletePageTitle: (pageTitle) => `Incompleto: ${pageTitle}`,
  next: 'Continuar',
  submit: 'Enviar respostas',
  answerAll: 'Responda a todas as perguntas para continuar.',
  notAnswered: 'Ainda sem resposta:',
  thanks: (name) => `Agradecemos, ${name}`,
  thanksText: 'Suas respostas foram enviadas. A empresa que enviou o convite verá o resultado em instantes.',
  expired: 'Este link expirou',
  expiredText: 'Você não pode mais fazer esta avaliação. Peça um novo link à empresa que enviou o convite.',
  declined: 'Você recusou esta avaliação',
  declinedText: 'Nada foi registrado. Se foi um engano, fale com a empresa que enviou o convite.',
  completed: 'Você já concluiu esta avaliação',
  completedText: 'Suas respostas foram enviadas. Você pode fechar esta página.',
  unknown: 'Link desconhecido',
  unknownText: 'Confira se você copiou o link inteiro.',
  simulated: 'simulado',
  footer: 'Esta é uma demonstração. Nenhum dado sai desta máquina.',
};
