import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWriteBatcher } from '../../../proxy/store/write-batcher.ts';
import { Unavailable } from '../../../proxy/util/errors.ts';
import { waitFor } from '../../support/eventually.ts';

/** A write batcher whose commits end only when the test ends them. */
function createManualBatcher(maxQueueLength?: number) {
  const commits: { items: readonly string[]; succeed(): void; fail(error: Error): void }[] = [];
  const add = createWriteBatcher<string>((items) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    commits.push({ items, succeed: resolve, fail: reject });
    return promise;
  }, maxQueueLength);
  const waitForCommit = (n: number) => waitFor(() => commits[n - 1]);
  return { add, commits, waitForCommit };
}

describe('the write batcher', () => {
  it('puts all writes that arrive during a commit into the next commit, in order', async () => {
    const { add, waitForCommit } = createManualBatcher();
    const first = add('a');
    const firstCommit = await waitForCommit(1);
    const others = Promise.all([add('b'), add('c')]);
    firstCommit.succeed();
    await first;
    const secondCommit = await waitForCommit(2);
    assert.deepEqual([firstCommit.items, secondCommit.items], [['a'], ['b', 'c']]);
    secondCommit.succeed();
    await others;
  });

  it('gives each caller the result of its own commit, and continues after a failed commit', async () => {
    const { add, waitForCommit } = createManualBatcher();
    const first = assert.rejects(add('a'), /disk full/);
    const firstCommit = await waitForCommit(1);
    const second = add('b');
    firstCommit.fail(new Error('disk full'));
    await first;
    (await waitForCommit(2)).succeed();
    await second;
  });

  it('refuses a write while its queue is full', async () => {
    const maxQueueLength = 1;
    const { add, waitForCommit } = createManualBatcher(maxQueueLength);
    const first = add('a');
    await assert.rejects(add('b'), Unavailable);
    const firstCommit = await waitForCommit(1);
    const third = add('c');
    firstCommit.succeed();
    await first;
    (await waitForCommit(2)).succeed();
    await third;
  });
});
