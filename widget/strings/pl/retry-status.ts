import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Nie próbuj więcej';
export const inviteRetryIn = (ms: number) => `Evalon jest zajęty. Kolejna próba za około ${toRoundSeconds(ms)} s…`;
export const detailsRetryIn = (ms: number) =>
  `Evalon jest zajęty. Szczegóły zostaną załadowane za około ${toRoundSeconds(ms)} s…`;
