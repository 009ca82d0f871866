/**
 * In which order elements and connections work, and for how long in one go. First all elements say whom they show, then
 * that is asked for, then they are drawn: so a page of a thousand asks twice, and answers a click between two slices.
 */

/** Milliseconds of work in one go. */
const SLICE = 8;

export const PREPARE = 0;
export const ASK = 1;
export const DRAW = 2;
export const DRAWN = 3;

const due: (() => void)[][] = [[], [], [], []];
const later = new MessageChannel();
later.port1.onmessage = work;
let isWorking = false;

/**
 * Runs `turn` at this stage: before the page is painted again, unless so much is due that it would not be for long, or the
 * page is still being read, which goes on in between.
 */
export function take(stage: typeof PREPARE | typeof ASK | typeof DRAW | typeof DRAWN, turn: () => void): void {
  due[stage]?.push(turn);
  if (isWorking) return;
  isWorking = true;
  if (document.readyState === 'loading') later.port2.postMessage(0);
  else queueMicrotask(work);
}

function work(): void {
  const end = performance.now() + SLICE;
  do {
    const next = due.find((stage) => stage.length)?.shift();
    isWorking = !!next;
    next?.();
  } while (isWorking && performance.now() < end);
  if (isWorking) later.port2.postMessage(0);
}
