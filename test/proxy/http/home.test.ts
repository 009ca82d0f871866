import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startSandbox, WEBHOOK_TOKEN } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

describe('the start page of a proxy', () => {
  it('shows that the proxy is ready, and links to the API reference and the widget', async (test) => {
    const { proxy } = await startStack(test);
    const response = await fetch(`${proxy.url}/`);
    const html = await response.text();
    assert.match(html, /<p>Ready\.<\/p>/);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
    assert.deepEqual(
      links,
      ['/docs', '/openapi.json', '/healthz', '/readyz'].map((path) => `${proxy.url}${path}`),
    );
    for (const link of links) assert.equal((await fetch(String(link))).status, 200, link);
    assert.ok(html.includes(`src=&#34;${proxy.url}/embed.js&#34;`));
  });

  it('shows that the proxy is not ready while it shuts down', async (test) => {
    const { proxy } = await startStack(test);
    proxy.context.beginDrain();
    assert.match(await (await fetch(`${proxy.url}/`)).text(), /Not ready\./);
  });

  it('contains no secret, is not indexed and runs no script', async (test) => {
    const { proxy, evalon } = await startStack(test);
    const response = await fetch(`${proxy.url}/`);
    assert.equal(response.headers.get('x-robots-tag'), 'noindex');
    assert.match(String(response.headers.get('content-security-policy')), /^default-src 'none'; style-src 'sha256-/);
    const html = await response.text();
    for (const secret of [evalon.apiKey, WEBHOOK_TOKEN, evalon.url]) assert.equal(html.includes(secret), false);
  });

  it('is the demo ATS in sandbox mode', async (test) => {
    const sandbox = await startSandbox();
    test.after(() => sandbox.close());
    assert.match(await (await fetch(`${sandbox.url}/`)).text(), /Demo ATS/);
  });
});
