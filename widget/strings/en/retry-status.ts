/** English text while Evalon is busy. */
export const stopRetrying = 'Stop trying';

/** @param ms milliseconds until the next attempt */
export function inviteRetryIn(ms: number): string {
  return `Evalon is busy. Trying again in about ${toSeconds(ms)} seconds…`;
}

/** @param ms milliseconds until the next attempt */
export function detailsRetryIn(ms: number): string {
  return `Evalon is busy. Loading the details in about ${toSeconds(ms)} seconds…`;
}

/** Rounds up to 5 s, so that the text does not change every second. */
function toSeconds(ms: number): number {
  return Math.ceil(ms / 5_000) * 5;
}
