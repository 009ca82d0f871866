/** Runs the Node example of docs/tokens.md unchanged, in a minimal backend. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startStack } from '../support/start-stack.ts';
import { HOST_TOKEN_SECRET } from '../support/token.ts';

const ROOT = join(import.meta.dirname, '../..');

function readExample(language: string): string {
  const document = readFileSync(join(ROOT, 'docs/tokens.md'), 'utf8');
  const example = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(document)?.[1];
  assert.ok(example, `docs/tokens.md has no example in ${language}`);
  return example;
}

/** What the example assumes: an Express app, and a sign-in check that sets the user. Prints the port. */
const renderBackend = (user: object) => `
  import express from 'express';
  const app = express();
  const requireSignIn = (request, _response, next) => {
    request.user = ${JSON.stringify(user)};
    next();
  };
  const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

async function startBackend(context: TestContext, user: object): Promise<string> {
  const code = renderBackend(user) + readExample('js');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOST_TOKEN_SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => child.kill());
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve);
    child.once('close', (status) => reject(new Error(`the example exited with ${status}`)));
  });
  return `http://127.0.0.1:${port.trim()}`;
}

test('the proxy accepts the Node example’s tokens', async (context) => {
  const { proxy } = await startStack(context);
  const backend = await startBackend(context, { id: 7, name: 'Rita Recruiter', projects: ['proj_abc123'] });
  const response = await fetch(`${backend}/evalon-token`, { method: 'POST' });
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const { token } = (await response.json()) as { token: string };

  const config = await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(config.status, 200);
  const { assessments, scope } = (await config.json()) as { assessments: object[]; scope: string[] };
  // The test settings have two assessments in proj_abc123.
  assert.equal(assessments.length, 2);
  assert.deepEqual(scope, ['read', 'invite']);
});

test('the Node example grants nothing to a user without projects', async (context) => {
  const { proxy } = await startStack(context);
  const backend = await startBackend(context, { id: 8, name: 'Ned New' });
  const { token } = (await (await fetch(`${backend}/evalon-token`, { method: 'POST' })).json()) as { token: string };
  const response = await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(response.status, 403);
});
