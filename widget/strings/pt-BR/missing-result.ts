export const resultOverdue = 'A Evalon informou a conclusão há 24 horas, mas não retornou um resultado. Fale com a TI.';
export const sameEndedSession =
  'A Evalon retornou a mesma avaliação encerrada em vez de uma nova. Convide a pessoa em outro projeto ou fale com o suporte da Evalon.';
export const endedWithoutResult = 'A avaliação terminou sem resultado.';

export const endings = {
  expired: {
    cause: 'O link expirou antes da conclusão da avaliação.',
    causeAndAction: 'O link expirou antes da conclusão da avaliação. Convide novamente para obter um novo link.',
  },
  cancelled: {
    cause: 'A avaliação foi cancelada.',
    causeAndAction: 'A avaliação foi cancelada. Se a pessoa ainda precisa fazê-la, convide-a novamente.',
  },
  declined: {
    cause: 'A pessoa recusou a avaliação.',
    causeAndAction: 'A pessoa recusou a avaliação. Converse com ela antes de convidá-la novamente.',
  },
  failed: {
    cause: 'A avaliação falhou na Evalon. Isso não é um julgamento sobre a pessoa.',
    causeAndAction:
      'A avaliação falhou na Evalon. Isso não é um julgamento sobre a pessoa. Convide novamente ou fale com a TI.',
  },
};
