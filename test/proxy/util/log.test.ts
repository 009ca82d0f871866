import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createThrottle } from '../../../proxy/util/log-throttle.ts';
import { startEvalon } from '../../support/evalon.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../../support/proxy.ts';

describe('the log', () => {
  it('cannot be filled by strangers: ten lines a minute of each kind, and how many there were more', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(buildProxySettings(evalon, { LOG_LEVEL: 'info' }));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const places: [string, string][] = [
      ['GET', '/v1/config'],
      ['GET', '/v1/sessions/'],
      ['POST', '/nowhere/'],
      ['POST', webhookUrl('', 'a-wrong-webhook-token-')],
      ['POST', `${webhookUrl('')}?`],
    ];
    for (const [method, path] of places) {
      for (let n = 0; n < 40; n++) {
        const { status } = await fetch(`${proxy.url}${path}${path === '/v1/config' ? '' : n}`, { method });
        assert.ok(status >= 400);
      }
    }
    await proxy.kill();
    const lines = proxy
      .output()
      .split('\n')
      .filter((line) => line.includes('a request was refused'));
    const told = lines.map((line) => JSON.parse(line) as { route?: string; code: string; more?: number });
    const count = (route: string | undefined, code: string) => {
      const mine = told.filter((line) => line.route === route && line.code === code);
      return [mine.filter(({ more }) => !more).length, mine.find(({ more }) => more)?.more];
    };
    assert.deepEqual(count('/v1/config', 'unauthenticated'), [10, 30]);
    assert.deepEqual(count('/v1/sessions/:session_uuid', 'unauthenticated'), [10, 30]);
    assert.deepEqual(count(undefined, 'not_found'), [10, 30]);
    assert.deepEqual(count('/webhooks/evalon/:token', 'unauthenticated'), [10, 30]);
    assert.deepEqual(count('/webhooks/evalon/:token', 'invalid_request'), [10, 30]);
  });
});

describe('what happens over and over', () => {
  it('is told so often a minute, and the rest as a number at its end', async () => {
    const clock = createTestClock();
    const repeats = createThrottle({ clock, limit: 2, maxKeys: 2 });
    const told: string[] = [];
    const happens = (kind: string) => {
      if (repeats.allow(kind, (more) => void told.push(`${more} more ${kind}`))) told.push(kind);
    };
    for (const kind of ['a', 'a', 'a', 'b', 'a', 'c']) happens(kind);
    assert.deepEqual(told.splice(0), ['a', 'a', 'b']);
    await clock.advance(59_000);
    happens('a');
    await clock.advance(1_000);
    assert.deepEqual(told.splice(0), ['3 more a']);
    for (const kind of ['a', 'c']) happens(kind);
    await clock.advance(60_000);
    assert.deepEqual(told.splice(0), ['a', 'c']);
  });

  it('is counted where it could not be told, for a minute of its own', async () => {
    const clock = createTestClock();
    const repeats = createThrottle({ clock, limit: 1, maxKeys: 2 });
    const told: number[] = [];
    let fails = 1;
    const tell = (more: number): void => {
      if (fails-- > 0) repeats.carryOver('a', more, tell);
      else told.push(more);
    };
    assert.ok(repeats.allow('a', tell));
    repeats.carryOver('a', 1, tell);
    assert.equal(repeats.allow('a', tell), false);
    await clock.advance(60_000);
    assert.deepEqual(told, []);
    await clock.advance(60_000);
    assert.deepEqual(told, [2]);
  });
});
