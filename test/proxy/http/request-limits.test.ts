import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import express, { type RequestHandler } from 'express';
import { pino } from 'pino';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import { createProblemHandler } from '../../../proxy/http/error-handler.ts';
import {
  createStreamLimiter,
  LIMITS,
  limitByAddress,
  limitByRecruiter,
  limitSignIns,
} from '../../../proxy/http/request-limits.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { startStack } from '../../support/start-stack.ts';

const NEVER: RequestHandler = () => {};

function recruiter(sub: string): Recruiter {
  return { sub, iss: 'test', projects: 'every', scope: new Set(['read']), expiresAt: 0 };
}

/** A server that asks this middleware and then answers 200; `sub` says who is calling, `from` from where. */
async function startWith(
  test: TestContext,
  limit: RequestHandler,
  answer: RequestHandler = (_q, response) => void response.end('ok'),
) {
  const app = express();
  app.set('trust proxy', ['127.0.0.1']);
  app.use((request, response, next) => {
    response.locals['recruiter'] = recruiter(request.get('x-sub') ?? '');
    next();
  });
  app.use(limit, answer, createProblemHandler(pino({ level: 'silent' })));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (sub: string, from = '192.0.2.1') => fetch(url, { headers: { 'x-sub': sub, 'x-forwarded-for': from } });
}

describe('a limit', () => {
  it('on one recruiter stops that one, says for how long, and no other', async (test) => {
    const call = await startWith(test, limitByRecruiter({ ...LIMITS, requestsPerRecruiterMinute: 3 }));
    for (let n = 0; n < 3; n++) assert.equal((await call('a')).status, 200);
    const refused = await call('a');
    assert.equal(refused.status, 429);
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 60, String(seconds));
    assert.equal(((await refused.json()) as { code: string }).code, 'rate_limited');
    assert.equal((await call('b')).status, 200);
  });

  it('on sign-ins is one on the address, and lower', async (test) => {
    const call = await startWith(test, limitSignIns({ ...LIMITS, signInsPerAddressMinute: 1 }));
    assert.ok(LIMITS.signInsPerAddressMinute < LIMITS.requestsPerAddressMinute);
    assert.equal((await call('a', '192.0.2.1')).status, 200);
    assert.equal((await call('b', '192.0.2.1')).status, 429);
    assert.equal((await call('b', '192.0.2.2')).status, 200);
  });

  it('on one address counts what a trusted proxy says of it', async (test) => {
    const call = await startWith(test, limitByAddress({ ...LIMITS, requestsPerAddressMinute: 2 }));
    for (let n = 0; n < 2; n++) assert.equal((await call('a', '192.0.2.1')).status, 200);
    assert.equal((await call('b', '192.0.2.1')).status, 429);
    assert.equal((await call('b', '192.0.2.2')).status, 200);
  });

  it('on streams frees a place when a stream closes', async (test) => {
    const take = createStreamLimiter({ ...LIMITS, maxStreamsPerRecruiter: 2, maxStreams: 3 });
    const call = await startWith(
      test,
      (_request, response, next) => {
        take(response.locals['recruiter'], response);
        response.flushHeaders();
        next();
      },
      NEVER,
    );
    const first = await call('a');
    assert.equal((await call('a')).status, 200);
    const third = await call('a');
    assert.equal(third.status, 429);
    assert.equal(third.headers.get('retry-after'), '30');
    assert.equal((await call('b')).status, 200);
    assert.equal((await call('c')).status, 503);
    await first.body?.cancel();
    await waitFor(async () => (await call('c')).status === 200);
  });

  it('on one recruiter holds for the proxy, while others are served and webhooks are taken', async (test) => {
    const origin = 'https://ats.example.com';
    const { evalon, proxy, page } = await startStack(test, { settings: { ALLOWED_ORIGINS: origin } });
    const statuses = new Set<number>();
    for (let round = 0; round < LIMITS.requestsPerRecruiterMinute / 100 + 1; round++) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => page.get('/v1/config')));
      for (const { status } of answers) statuses.add(status);
    }
    assert.deepEqual([...statuses].sort(), [200, 429]);
    const refused = await page.get('/v1/config', { origin });
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [429, origin]);
    const elsewhere = await page.get('/v1/config', { origin: `${origin}.evil.example` });
    assert.deepEqual([elsewhere.status, elsewhere.headers.get('access-control-allow-origin')], [429, null]);
    assert.equal(
      (await (await createRecruiterClient(proxy.url, { sub: 'recruiter-2' })).get('/v1/config')).status,
      200,
    );
    assert.equal(await evalon.sendWebhook({ event: 'session.opened', session_uuid: 'sess_1' }), 202);
  });

  it('on time closes a caller that never finishes its headers', async (test) => {
    const { proxy } = await startStack(test);
    const { hostname, port } = new URL(proxy.url);
    const caller = connect(Number(port), hostname);
    caller.write('POST /v1/sessions HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    caller.resume();
    await once(caller, 'close');
  });
});
