import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Stoppen met proberen';
export const inviteRetryIn = (ms: number) =>
  `Evalon is bezet. Nieuwe poging over ongeveer ${toRoundSeconds(ms)} seconden…`;
export const detailsRetryIn = (ms: number) =>
  `Evalon is bezet. De details worden over ongeveer ${toRoundSeconds(ms)} seconden geladen…`;
