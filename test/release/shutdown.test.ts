import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { restartUnderLoad } from '../support/restart.ts';

const STREAM_COUNT = 150;
const MAX_EXIT_MS = 25_000;

describe('a shutdown under load', () => {
  it(`lets ${STREAM_COUNT} streams reconnect without a missed event`, async () => {
    const restart = await restartUnderLoad(STREAM_COUNT);
    assert.equal(restart.readyzStatus, 503);
    assert.equal(restart.exitCode, 0);
    assert.ok(restart.exitAfterMs < MAX_EXIT_MS, `${restart.exitAfterMs} ms`);
    // During the restart, a webhook is sent every 200 ms.
    assert.ok(restart.acknowledgedWebhookCount > 3);
    assert.equal(restart.incompleteClientCount, 0);
  });
});
