/** What is said while Evalon has no room, in English; apart from ../en.ts, because it is seldom said. */
export const waiting = 'Waiting for Evalon';
export const cancel = 'Stop trying';

export function again(milliseconds: number): string {
  return `Not invited yet: Evalon is busy. It is tried again by itself in ${roughly(milliseconds)}.`;
}

/** Where a result waits: what is seen of it already is final. */
export function rest(milliseconds: number): string {
  return `The details follow. ${waiting}, ${roughly(milliseconds)}`;
}

/** In steps of 5 s. */
export function roughly(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 5000) * 5;
  return `about ${seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`;
}
