/**
 * Keeps a page responsive while many elements update. A task works on elements for 8 ms. After that, each further
 * element gets its own task, and the browser can handle clicks and paint in between.
 */
const SLICE_MS = 8;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
let sliceStart: number | undefined;
let deferredCount = 0;

channel.port1.onmessage = () => {
  sliceStart = undefined;
  waiting.shift()?.();
};

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** Waits for the next task if the current one has worked on elements for too long. */
export async function yieldIfBusy(): Promise<void> {
  if (sliceStart === undefined) {
    sliceStart = performance.now();
    // The next message ends the slice.
    if (!waiting.length) channel.port2.postMessage(null);
  }
  if (performance.now() - sliceStart < SLICE_MS) return;
  deferredCount++;
  await nextTask();
  deferredCount--;
}

/** Resolves when no element is deferred, so that one query covers all elements that connected in the same task. */
export async function whenUpdated(): Promise<void> {
  do await nextTask();
  while (deferredCount);
}
