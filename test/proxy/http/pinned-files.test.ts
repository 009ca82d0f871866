import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { buildIfStale } from '../../../.config/build.ts';
import { startSandbox } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

await buildIfStale();

const ROOT = join(import.meta.dirname, '../../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const PATH = `/embed/${version}.js`;
const BUILT_FILE = readFileSync(join(ROOT, `dist/widget${PATH}`));

/** Gets the URL. Unlike `fetch`, does not decompress the body, and adds no Accept-Encoding. */
async function get(url: string, headers: Record<string, string>): Promise<{ response: IncomingMessage; body: Buffer }> {
  const [response] = (await once(request(url, { headers }).end(), 'response')) as [IncomingMessage];
  return { response, body: Buffer.concat(await response.toArray()) };
}

describe('a pinned file', () => {
  it('is the built file, and pages of every origin may keep it for a year', async (test) => {
    const { proxy } = await startStack(test);
    const response = await fetch(proxy.url + PATH);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), BUILT_FILE);
    const { headers } = response;
    assert.match(headers.get('content-type') ?? '', /^text\/javascript/);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });

  it('is not sent again to a browser that has it', async (test) => {
    const { proxy } = await startStack(test);
    const { response } = await get(proxy.url + PATH, {});
    const revalidated = await get(proxy.url + PATH, { 'if-none-match': String(response.headers.etag) });
    assert.equal(revalidated.response.statusCode, 304);
    assert.equal(revalidated.body.length, 0);
  });

  it('is compressed as the browser accepts it', async (test) => {
    const { proxy } = await startStack(test);
    const decoders = { br: brotliDecompressSync, gzip: gunzipSync };
    for (const [accepted, expected] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['gzip, br;q=0', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const { response, body } = await get(proxy.url + PATH, { 'accept-encoding': accepted });
      assert.equal(response.headers['content-encoding'], expected, accepted);
      assert.equal(response.headers.vary, 'accept-encoding');
      assert.deepEqual(expected ? decoders[expected](body) : body, BUILT_FILE, accepted);
    }
  });

  it('is not found if no release had the version', async (test) => {
    const { proxy } = await startStack(test);
    for (const name of ['9.9.9', '..%2F..%2Fpackage', 'constructor', '%00']) {
      const response = await fetch(`${proxy.url}/embed/${name}.js`);
      assert.equal(response.status, 404, name);
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.equal((await response.json()).code, 'not_found');
      // Without this header, the page's console would report a CORS error instead of the 404.
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
    }
  });

  it('contains the hashes of its two parts, which the proxy serves as separate files', async (test) => {
    const { proxy } = await startStack(test);
    for (const name of ['result', 'rest']) {
      const part = await fetch(`${proxy.url}/embed/${version}.${name}.part.js`);
      const hash = createHash('sha384').update(Buffer.from(await part.arrayBuffer()));
      assert.equal(part.status, 200, name);
      assert.ok(BUILT_FILE.includes(`sha384-${hash.digest('base64')}`), name);
    }
  });

  it('is revalidated in the sandbox, where the next build may have the same version', async (test) => {
    const sandbox = await startSandbox();
    test.after(() => sandbox.close());
    const { headers } = await fetch(sandbox.url + PATH);
    assert.equal(headers.get('cache-control'), 'no-cache');
  });
});
