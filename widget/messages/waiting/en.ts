/** What is said while Evalon has no room, in English; apart from ../en.ts, because it is seldom said. */
export const waiting = 'Waiting for Evalon';
export const cancel = 'Cancel';

export function again(milliseconds: number): string {
  return `Sent again by itself in ${roughly(milliseconds)}.`;
}

/** In steps of 5 s. */
export function roughly(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 5000) * 5;
  return `about ${seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`;
}
