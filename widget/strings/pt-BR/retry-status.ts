import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Parar de tentar';
export const inviteRetryIn = (ms: number) =>
  `A Evalon está ocupada. Nova tentativa em cerca de ${toRoundSeconds(ms)} segundos…`;
export const detailsRetryIn = (ms: number) =>
  `A Evalon está ocupada. Os detalhes serão carregados em cerca de ${toRoundSeconds(ms)} segundos…`;
