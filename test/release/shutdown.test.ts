import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { restartUnderLoad } from '../support/restart.ts';

describe('a shutdown under load', () => {
  it('lets 150 streams reconnect without a missed event', async () => {
    const restart = await restartUnderLoad(150);
    assert.equal(restart.readyzStatus, 503);
    assert.equal(restart.exitCode, 0);
    assert.ok(restart.exitAfterMs < 25_000, `${restart.exitAfterMs} ms`);
    assert.ok(restart.acknowledgedWebhooks > 3);
    assert.equal(restart.incompleteClients, 0);
  });
});
