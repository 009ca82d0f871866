import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createThrottle } from '../../../proxy/util/log-throttle.ts';
import { startEvalon } from '../../support/evalon.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../../support/proxy.ts';

describe('the log', () => {
  it('contains ten lines a minute of each kind of refused request, and the count of the others', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(buildProxySettings(evalon, { LOG_LEVEL: 'info' }));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const requests: [string, string][] = [
      ['GET', '/v1/config'],
      ['GET', '/v1/sessions/'],
      ['POST', '/nowhere/'],
      ['POST', webhookUrl('', 'a-wrong-webhook-token-')],
      ['POST', `${webhookUrl('')}?`],
    ];
    for (const [method, path] of requests) {
      for (let n = 0; n < 40; n++) {
        // All paths but one end with a value that differs from request to request.
        const suffix = path === '/v1/config' ? '' : n;
        const { status } = await fetch(`${proxy.url}${path}${suffix}`, { method });
        assert.ok(status >= 400);
      }
    }
    await proxy.kill();
    const lines = proxy
      .output()
      .split('\n')
      .filter((line) => line.includes('request refused'));
    const entries = lines.map((line) => JSON.parse(line) as { route?: string; code: string; more?: number });
    /** Returns how many requests have an own line, and how many are only counted. */
    const countLines = (route: string | undefined, code: string) => {
      const matching = entries.filter((entry) => entry.route === route && entry.code === code);
      return [matching.filter(({ more }) => !more).length, matching.find(({ more }) => more)?.more];
    };
    assert.deepEqual(countLines('/v1/config', 'unauthenticated'), [10, 30]);
    assert.deepEqual(countLines('/v1/sessions/:session_uuid', 'unauthenticated'), [10, 30]);
    assert.deepEqual(countLines(undefined, 'not_found'), [10, 30]);
    assert.deepEqual(countLines('/webhooks/evalon/:token', 'unauthenticated'), [10, 30]);
    assert.deepEqual(countLines('/webhooks/evalon/:token', 'invalid_request'), [10, 30]);
  });
});

describe('a throttle', () => {
  it('emits the first messages of a minute, and the count of the others at its end', async () => {
    const clock = createTestClock();
    const throttle = createThrottle({ clock, limit: 2, maxKeys: 2 });
    const emitted: string[] = [];
    const emit = (key: string) => {
      if (throttle.allow(key, (count) => void emitted.push(`${count} more ${key}`))) emitted.push(key);
    };
    // With `a` and `b`, the maximum number of keys is reached. `c` is neither emitted nor counted.
    for (const key of ['a', 'a', 'a', 'b', 'a', 'c']) emit(key);
    assert.deepEqual(emitted.splice(0), ['a', 'a', 'b']);
    await clock.advance(59_000);
    emit('a');
    await clock.advance(1_000);
    assert.deepEqual(emitted.splice(0), ['3 more a']);
    for (const key of ['a', 'c']) emit(key);
    await clock.advance(60_000);
    assert.deepEqual(emitted.splice(0), ['a', 'c']);
  });

  it('reports a count a minute later if reporting it failed', async () => {
    const clock = createTestClock();
    const throttle = createThrottle({ clock, limit: 1, maxKeys: 2 });
    const reported: number[] = [];
    let remainingFailures = 1;
    const report = (count: number): void => {
      if (remainingFailures-- > 0) throttle.addSuppressed('a', count, report);
      else reported.push(count);
    };
    assert.ok(throttle.allow('a', report));
    throttle.addSuppressed('a', 1, report);
    assert.equal(throttle.allow('a', report), false);
    await clock.advance(60_000);
    assert.deepEqual(reported, []);
    await clock.advance(60_000);
    assert.deepEqual(reported, [2]);
  });
});
