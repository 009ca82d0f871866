import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Ne plus réessayer';
export const inviteRetryIn = (ms: number) =>
  `Evalon est occupé. Nouvel essai dans environ ${toRoundSeconds(ms)} secondes…`;
export const detailsRetryIn = (ms: number) =>
  `Evalon est occupé. Chargement des détails dans environ ${toRoundSeconds(ms)} secondes…`;
