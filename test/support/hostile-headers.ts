/** Sends hostile text in headers and paths. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from './api-client.ts';
import type { NaughtyString } from './naughty-strings.ts';
import { webhookUrl } from './proxy.ts';
import { startStack } from './start-stack.ts';
import { mintToken } from './token.ts';

/** Sends a raw request. Returns the status line and the headers of the response. */
function sendBytes(url: string, lines: readonly string[], body = ''): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  const socket = connect(Number(port), hostname);
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.once('error', reject);
  socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1').split('\r\n\r\n', 1)[0] ?? ''));
  socket.write(
    Buffer.from(`${[...lines, 'connection: close', `content-length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`),
  );
  return promise;
}

/** Asserts a status from 200 to 499, and no header from the hostile text. */
function assertCleanResponse(head: string): void {
  const [statusLine = '', ...headers] = head.split('\r\n');
  assert.match(statusLine, /^HTTP\/1\.1 [234]\d\d /);
  assert.doesNotMatch(head, /hostile|set-cookie|[^\r]\n|\r[^\n]/i);
  const id = headers.find((header) => /^x-request-id:/i.test(header));
  assert.ok(id === undefined || /^x-request-id: [\w.-]{8,64}$/i.test(id), head);
}

/** Tests the proxy with these strings. */
export function describeHostileHeaders(strings: readonly NaughtyString[]): void {
  describe('hostile text in a header or a path', () => {
    it('never injects a header and never causes a 5xx response', async (test) => {
      const { proxy } = await startStack(test, { settings: { ALLOWED_ORIGINS: 'https://ats.example.com' } });
      const authorization = `authorization: Bearer ${await mintToken()}`;
      const host = 'host: proxy.example';
      const subscription = JSON.stringify({ candidates: [{ candidate_email: JANE.candidate_email }] });
      const webhook = JSON.stringify({ event: 'session.opened', session_uuid: 'sess_1' });
      const contentType = 'content-type: application/json';
      const invite = ['POST /v1/sessions HTTP/1.1', host, authorization];
      const get = ['GET /v1/config HTTP/1.1'];
      for (const [name, text] of strings) {
        await test.test(name, async () => {
          for (const header of [
            'x-request-id',
            'origin',
            'if-none-match',
            'x-forwarded-for',
            'accept-encoding',
            'cookie',
          ]) {
            assertCleanResponse(await sendBytes(proxy.url, [...get, host, authorization, `${header}: a${text}b`]));
          }
          for (const header of ['idempotency-key', 'content-type', 'content-encoding', 'expect']) {
            assertCleanResponse(await sendBytes(proxy.url, [...invite, `${header}: a${text}b`], JSON.stringify(JANE)));
          }
          assertCleanResponse(await sendBytes(proxy.url, [...get, `host: a${text}b`, authorization]));
          assertCleanResponse(await sendBytes(proxy.url, [...get, host, `authorization: Bearer a${text}b`]));
          assertCleanResponse(
            await sendBytes(
              proxy.url,
              ['POST /v1/events HTTP/1.1', host, contentType, authorization, `last-event-id: a${text}b`],
              subscription,
            ),
          );
          const { pathname } = new URL(webhookUrl(proxy.url));
          assertCleanResponse(
            await sendBytes(
              proxy.url,
              [`POST ${pathname} HTTP/1.1`, host, contentType, `webhook-id: a${text}b`],
              webhook,
            ),
          );
          for (const raw of [
            text.replaceAll(/[\r\n\0 ]/g, '_'),
            encodeURIComponent(text.toWellFormed()),
            // A lone surrogate in UTF-8, which no decoder accepts.
            `%ED%A0%80${text.length}`,
          ]) {
            for (const path of [
              '/',
              '/v1/sessions/',
              '/v1/sessions/x/',
              '/widget/',
              '/embed/',
              '/v1/config?a=',
              `${pathname}/`,
            ]) {
              assertCleanResponse(await sendBytes(proxy.url, [`GET ${path}${raw} HTTP/1.1`, host, authorization]));
            }
            assertCleanResponse(
              await sendBytes(proxy.url, [`POST /webhooks/evalon/${raw} HTTP/1.1`, host, contentType], webhook),
            );
          }
        });
      }
      assert.equal((await (await createRecruiterClient(proxy.url)).get('/v1/config')).status, 200);
    });
  });
}
