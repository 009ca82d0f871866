/**
 * Time slicing: keeps a page responsive while many elements update. A task works for up to 8 ms. The rest of the work
 * waits for a later task, so that the browser can handle clicks and paint between the tasks.
 */
const SLICE_MS = 8;

const channel = new MessageChannel();
const waitingWork: (() => void)[] = [];
let sliceStart: number | undefined;
let deferredCount = 0;

channel.port1.onmessage = () => {
  sliceStart = performance.now();
  while (waitingWork.length && performance.now() - sliceStart < SLICE_MS) waitingWork.shift()?.();
  sliceStart = undefined;
  if (waitingWork.length) channel.port2.postMessage(null);
};

function runInNextTask(work: () => void): void {
  if (waitingWork.push(work) === 1) channel.port2.postMessage(null);
}

/**
 * Calls `work` at once, or in a later task if the current task has worked on elements for too long.
 * @returns a promise if the work is deferred.
 */
export function runOrDefer(work: () => void): Promise<void> | undefined {
  if (sliceStart === undefined) {
    sliceStart = performance.now();
    // The next message ends the slice.
    runInNextTask(() => {});
  }
  if (performance.now() - sliceStart < SLICE_MS) {
    work();
    return undefined;
  }
  deferredCount++;
  return new Promise((resolve, reject) => {
    runInNextTask(() => {
      deferredCount--;
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** Resolves when no work is deferred. A query then covers all elements that connected in the same task. */
export async function waitForDeferredWork(): Promise<void> {
  do await new Promise<void>(runInNextTask);
  while (deferredCount);
}
