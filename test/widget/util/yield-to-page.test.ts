import { expect } from 'chai';
import { runOrDefer, waitForDeferredWork } from '../../../widget/util/yield-to-page.ts';

/** Longer than the 8 ms for which one task may work on elements. */
const SLOW_MS = 12;

describe('runOrDefer', () => {
  it('runs each slow update in its own task, even if all updates are requested at once', async () => {
    const tasks: number[] = [];
    // Counts the page's tasks: each message is received in a new task, and sends the next message.
    let taskNumber = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      taskNumber++;
      port2.postMessage(null);
    };
    port2.postMessage(null);
    for (let n = 0; n < 4; n++) {
      void Promise.resolve().then(() =>
        runOrDefer(() => {
          tasks.push(taskNumber);
          keepBusy(SLOW_MS);
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve));
    await waitForDeferredWork();
    port1.close();
    expect(tasks).to.have.length(4);
    expect(new Set(tasks).size).to.equal(4);
  });

  it('reports the error of a deferred update and runs the next update', async () => {
    await waitForDeferredWork();
    void runOrDefer(() => keepBusy(SLOW_MS));
    const failing = runOrDefer(() => {
      throw new Error('cannot render');
    });
    let isNextDone = false;
    const next = runOrDefer(() => {
      isNextDone = true;
    });
    const message = await failing?.then(
      () => '',
      (error: Error) => error.message,
    );
    await next;
    expect(message).to.equal('cannot render');
    expect(isNextDone).to.equal(true);
  });
});

/** Keeps the current task busy, as the rendering of many elements does. */
function keepBusy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
