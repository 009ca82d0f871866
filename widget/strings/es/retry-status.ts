import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'Dejar de intentarlo';
export const inviteRetryIn = (ms: number) =>
  `Evalon está ocupado. Nuevo intento en unos ${toRoundSeconds(ms)} segundos…`;
export const detailsRetryIn = (ms: number) =>
  `Evalon está ocupado. Los detalles se cargarán en unos ${toRoundSeconds(ms)} segundos…`;
