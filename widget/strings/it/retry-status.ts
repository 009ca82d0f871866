import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Non riprovare più';
export const inviteRetryIn = (ms: number) =>
  `Evalon è occupato. Nuovo tentativo tra circa ${toRoundSeconds(ms)} secondi…`;
export const detailsRetryIn = (ms: number) =>
  `Evalon è occupato. I dettagli saranno caricati tra circa ${toRoundSeconds(ms)} secondi…`;
