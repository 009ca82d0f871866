/** Runs the receiver of docs/outbound-webhook.md unchanged, in a minimal backend. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { waitFor } from '../support/eventually.ts';
import { startStack } from '../support/start-stack.ts';
import { OUTBOUND_SECRET } from '../support/webhook-receiver.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = /^```js\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, 'docs/outbound-webhook.md'), 'utf8'))?.[1];

/** What the example assumes: an Express app, and a function that stores a status. Prints the port and each status. */
const BACKEND = `
  import express from 'express';
  const app = express();
  const saveStatus = (session, status) => console.log(session, status);
  const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

async function startExample(context: TestContext) {
  assert.ok(EXAMPLE, 'docs/outbound-webhook.md has no example in js');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', BACKEND + EXAMPLE], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => child.kill());
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  await waitFor(() => lines.length > 0);
  return { url: `http://127.0.0.1:${lines.shift()}/evalon-events`, lines };
}

test('the example accepts the proxy’s webhooks, and saves each status', async (context) => {
  const { url, lines } = await startExample(context);
  const { evalon, recruiter } = await startStack(context, {
    settings: { OUTBOUND_WEBHOOK_URL: url, OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET },
  });
  const { session_uuid } = (await recruiter.invite()).body;
  await evalon.sendEvent(session_uuid, 'session.opened');
  await waitFor(() => lines.length === 2);
  assert.deepEqual(lines, [`${session_uuid} invited`, `${session_uuid} opened`]);
});

test('the example refuses a request without a valid signature', async (context) => {
  const { url, lines } = await startExample(context);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,',
    },
    body: '{}',
  });
  assert.equal(response.status, 401);
  assert.deepEqual(lines, []);
});
