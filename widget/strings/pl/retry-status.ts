import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Przestań próbować';
export const inviteRetryIn = (ms: number) => `Evalon jest zajęty. Kolejna próba za około ${toRoundSeconds(ms)} s…`;
export const detailsRetryIn = (ms: number) =>
  `Evalon jest zajęty. Szczegóły zostaną załadowane za około ${toRoundSeconds(ms)} s…`;
