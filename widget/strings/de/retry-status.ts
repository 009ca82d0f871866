import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Nicht weiter versuchen';
export const inviteRetryIn = (ms: number) =>
  `Evalon ist ausgelastet. Neuer Versuch in etwa ${toRoundSeconds(ms)} Sekunden…`;
export const detailsRetryIn = (ms: number) =>
  `Evalon ist ausgelastet. Die Details werden in etwa ${toRoundSeconds(ms)} Sekunden geladen…`;
