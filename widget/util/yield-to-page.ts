/**
 * Keeps a page responsive while many elements update. A task updates elements for 8 ms; after that, each further element
 * updates in a task of its own, so that the browser can handle clicks in between.
 */
const SLICE_MS = 8;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
let sliceStart: number | undefined;
let pendingUpdates = 0;

channel.port1.onmessage = () => waiting.shift()?.();

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** Waits for the next task if the current one has updated elements for too long. */
export async function yieldIfBusy(): Promise<void> {
  if (sliceStart === undefined) {
    sliceStart = performance.now();
    void nextTask().then(() => {
      sliceStart = undefined;
    });
  }
  if (performance.now() - sliceStart < SLICE_MS) return;
  pendingUpdates++;
  await nextTask();
  pendingUpdates--;
}

/** Resolves when no element waits to update, so that one query covers all elements that connected in the same task. */
export async function whenUpdated(): Promise<void> {
  do await nextTask();
  while (pendingUpdates);
}
