import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { createKeyAgeMonitor } from '../../../proxy/audit/api-key-age.ts';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { openStore } from '../../support/test-database.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('an API key', () => {
  it('that has been in use for 90 days causes a warning once a day until it is rotated', async (test) => {
    const clock = createTestClock();
    const store = await openStore(':memory:', 'https://api.evalon.example', clock);
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    let keys = ['eva_test_first'];
    const metrics = createMetrics();
    const keyAge = createKeyAgeMonitor({ store, clock, log, metrics, apiKeys: () => keys });
    test.after(async () => {
      keyAge.stop();
      await store.close();
    });
    await keyAge.check();
    await clock.advance(89 * DAY_MS);
    assert.equal(lines.length, 0);
    // Days 90 and 91.
    await clock.advance(2 * DAY_MS);
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /"alert":"evalon_key_old","key":1,"days":90/);
    assert.doesNotMatch(lines.join(''), /eva_test/);

    // During a rotation, the new key is key 1 and the old key is key 2.
    keys = ['eva_test_second', 'eva_test_first'];
    await keyAge.check();
    assert.match(lines[2] ?? '', /"key":2/);
    assert.match(await metrics.render(), /evalon_key_age_days\{key="1"\} 0\n/);
    keys = ['eva_test_second'];
    await keyAge.check();
    await clock.advance(DAY_MS);
    assert.equal(lines.length, 3);
    assert.doesNotMatch(await metrics.render(), /evalon_key_age_days\{key="2"\}/);
  });

  it('keeps its age when the proxy sees it again', async (test) => {
    const clock = createTestClock();
    const store = await openStore(':memory:', 'https://api.evalon.example', clock);
    test.after(() => store.close());
    const firstSeen = await store.write(({ apiKeys }) => apiKeys.recordFirstSeen('eva_test_key'));
    await clock.advance(DAY_MS);
    assert.equal(await store.write(({ apiKeys }) => apiKeys.recordFirstSeen('eva_test_key')), firstSeen);
  });
});
