import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import express, { type RequestHandler } from 'express';
import { pino } from 'pino';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import { createErrorHandler } from '../../../proxy/http/error-handler.ts';
import { cleanForwardedFor } from '../../../proxy/http/forwarded-for.ts';
import { createStreamLimiter, LIMITS, limitByAddress, limitByRecruiter } from '../../../proxy/http/request-limits.ts';
import { closeUnreadResponses } from '../../../proxy/http/unread-response.ts';
import { waitFor } from '../../support/eventually.ts';
import { serve } from '../../support/http-server.ts';

const respondOk: RequestHandler = (_request, response) => void response.end('ok');
const keepOpen: RequestHandler = () => {};

function buildRecruiter(sub: string): Recruiter {
  return { sub, iss: 'test', projects: 'every', scope: new Set(['read']), expiresAt: 0 };
}

/** Starts a server with the limit, and returns a function that calls it as recruiter `sub` from address `from`. */
async function startServer(test: TestContext, limit: RequestHandler, handler = respondOk) {
  const app = express();
  app.set('trust proxy', ['127.0.0.1']);
  app.use(cleanForwardedFor);
  app.use((request, response, next) => {
    response.locals['recruiter'] = buildRecruiter(request.get('x-sub') ?? '');
    next();
  });
  app.use(limit, handler, createErrorHandler(pino({ level: 'silent' })));
  const url = await serve(test, app);
  return (sub: string, from = '192.0.2.1') => fetch(url, { headers: { 'x-sub': sub, 'x-forwarded-for': from } });
}

describe('request limits', () => {
  it('refuse one recruiter with Retry-After and serve the others', async (test) => {
    const call = await startServer(test, limitByRecruiter(3));
    for (let n = 0; n < 3; n++) assert.equal((await call('a')).status, 200);
    const refused = await call('a');
    assert.equal(refused.status, 429);
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 60, String(seconds));
    assert.equal(((await refused.json()) as { code: string }).code, 'rate_limited');
    assert.equal((await call('b')).status, 200);
  });

  it('count by the address that a trusted proxy forwards', async (test) => {
    const call = await startServer(test, limitByAddress(2));
    for (let n = 0; n < 2; n++) assert.equal((await call('a', '192.0.2.1')).status, 200);
    assert.equal((await call('b', '192.0.2.1')).status, 429);
    assert.equal((await call('b', '192.0.2.2')).status, 200);
  });

  it('count by the address without its port, and ignore forwarded entries before an invalid one', async (test) => {
    const call = await startServer(test, limitByAddress(2));
    assert.equal((await call('a', '203.0.113.5:41234')).status, 200);
    assert.equal((await call('a', 'spoofed, unknown, "203.0.113.5:51234"')).status, 200);
    assert.equal((await call('a', '203.0.113.5')).status, 429);
    assert.equal((await call('a', '[2001:db8::1]:41234')).status, 200);
    assert.equal((await call('a', '192.0.2.7, [2001:db8::1]')).status, 200);
    assert.equal((await call('a', '2001:db8::1')).status, 429);
    // Without a valid entry, the address of the reverse proxy counts.
    assert.equal((await call('a', 'unknown')).status, 200);
    assert.equal((await call('a', '192.0.2.9, _hidden, ')).status, 200);
    assert.equal((await call('a', '203.0.113.5.6')).status, 429);
  });

  it('allow an address fewer sign-ins than other requests', () => {
    assert.ok(LIMITS.signInsPerAddressMinute < LIMITS.requestsPerAddressMinute);
  });

  it('limit the open streams of a recruiter and in total, until a stream closes', async (test) => {
    const limiter = createStreamLimiter({ ...LIMITS, maxStreamsPerRecruiter: 2, maxStreams: 3 });
    const openStream: RequestHandler = (_request, response, next) => {
      limiter.acquire(response.locals['recruiter'], response);
      response.flushHeaders();
      next();
    };
    const call = await startServer(test, openStream, keepOpen);
    const firstOfA = await call('a');
    assert.equal((await call('a')).status, 200);
    const thirdOfA = await call('a');
    assert.equal(thirdOfA.status, 429);
    assert.equal(thirdOfA.headers.get('retry-after'), '30');
    assert.equal((await call('b')).status, 200);
    assert.equal((await call('c')).status, 503);
    await firstOfA.body?.cancel();
    await waitFor(async () => (await call('c')).status === 200);
  });

  it('close the connection of a client that does not read its response, but wait for a slow handler', async (test) => {
    const closed = Promise.withResolvers<void>();
    const app = express();
    const UNREAD_TIMEOUT_MS = 100;
    app.use(closeUnreadResponses(UNREAD_TIMEOUT_MS));
    app.get('/large', (_request, response) => {
      response.once('close', () => closed.resolve());
      response.end(Buffer.alloc(64 * 1024 * 1024));
    });
    app.get('/slow', async (request, response) => {
      // The timeout passes before the response begins.
      await once(request.socket, 'timeout');
      response.end('ok');
    });
    const url = await serve(test, app);
    const client = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
    test.after(() => client.destroy());
    client.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
    await closed.promise;
    assert.equal(await (await fetch(`${url}/slow`)).text(), 'ok');
  });
});
