/** What is said while Evalon has no room, in English; apart from ../en.ts, because it is seldom said. */
export const waitingForEvalon = 'Waiting for Evalon';
export const stopRetrying = 'Stop trying';

export function inviteRetryIn(milliseconds: number): string {
  return `Not invited yet: Evalon is busy. It is tried again by itself in ${approximateDuration(milliseconds)}.`;
}

/** Where a result waits: what is seen of it already is final. */
export function detailsPending(milliseconds: number): string {
  return `The details follow. ${waitingForEvalon}, ${approximateDuration(milliseconds)}`;
}

/** In steps of 5 s. */
export function approximateDuration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 5000) * 5;
  return `about ${seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`;
}
