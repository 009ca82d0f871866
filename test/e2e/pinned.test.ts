/** Pages that load a fixed version of the widget with `integrity`. */
import { createHash } from 'node:crypto';
import { serve } from '../support/http-server.ts';
import { buildPinnedRelease } from '../support/pinned-release.ts';
import { startProxyProcess, startSandbox } from '../support/proxy.ts';
import { startStaticSite } from '../support/static-site.ts';
import { expect, type Page, test } from './fixtures.ts';
import { collectCspViolations, expectInvited, expectResult, inviteButton } from './panel.ts';
import { findSessionId, startE2eStack, startE2eStackWithProcess } from './stack.ts';

const EARLIER_VERSIONS = ['0.8.0-test', '0.9.0-test'];

interface Pin {
  path: string;
  integrity: string;
  content: string;
}

/** Fetches the file of a version, and calculates its hash. */
async function fetchPin(proxyUrl: string, version: string): Promise<Pin> {
  const path = `/embed/${version}.js`;
  const response = await fetch(proxyUrl + path);
  expect(response.status, path).toBe(200);
  const content = await response.text();
  return { path, content, integrity: `sha384-${createHash('sha384').update(content).digest('base64')}` };
}

/** Fetches a page of the proxy that shows a script tag. Returns the version in the tag and the whole page. */
async function readPinnedTag(url: string): Promise<{ version: string; html: string }> {
  const html = await (await fetch(url)).text();
  return { version: /(?:\/embed\/|data-version=")([^"/]+?)(?:\.js|")/.exec(html)?.[1] ?? '', html };
}

/** Makes the ATS's page load this file. */
function pinPage(ats: { scriptPath: string; scriptAttributes: string }, { path, integrity }: Pin): void {
  ats.scriptPath = path;
  ats.scriptAttributes = `integrity="${integrity}" data-token-url="/evalon-token"`;
}

/** Collects the paths of the scripts that the page loads. */
function collectScripts(page: Page): string[] {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
  });
  return scripts;
}

test.describe('a page that pins a version', () => {
  test('loads one script, and a second script for a result, under the strictest CSP', async ({ page, cleanup }) => {
    const { evalon, ats, proxy } = await startE2eStack(cleanup);
    const { version, html } = await readPinnedTag(proxy.url);
    const pin = await fetchPin(proxy.url, version);
    expect(html).toContain(pin.integrity);
    pinPage(ats, pin);
    // The pinned file is English in every page.
    ats.lang = 'de';
    const [violations, scripts] = [collectCspViolations(page), collectScripts(page)];
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expectInvited(page);
    await expect(page.getByRole('button', { name: /^Copy link/ })).toBeVisible();
    expect(scripts).toEqual([pin.path]);
    await evalon.completeSession(findSessionId(evalon));
    await expectResult(page, /^82$/);
    expect(scripts).toEqual([pin.path, `/embed/${version}.result.part.js`]);
    expect(violations).toEqual([]);
  });

  test('loads each part with its hash and the page’s nonce, and can be diagnosed', async ({ page, cleanup }) => {
    const site = await startStaticSite();
    const sandbox = await startSandbox(undefined, { ALLOWED_ORIGINS: site.url });
    cleanup.after(() => Promise.all([sandbox.close(), site.close()]));
    const { version } = await readPinnedTag(`${sandbox.url}/builder`);
    const { path, integrity } = await fetchPin(sandbox.url, version);
    site.html = `<!doctype html><html lang="en"><head><title>ATS</title>
      <script type="module" nonce="cjRuZDBt" src="${sandbox.url}${path}" integrity="${integrity}"></script>
      </head><body><evalon-inbox></evalon-inbox></body></html>`;
    site.csp = `default-src 'none'; script-src 'nonce-cjRuZDBt'; connect-src ${sandbox.url};
      require-trusted-types-for 'script'; trusted-types evalon-widget`.replaceAll('\n', '');
    const [violations, scripts] = [collectCspViolations(page), collectScripts(page)];
    await page.goto(site.url);
    await expect(page.getByText(/Assessment inbox/)).toBeVisible();
    const parts = ['result', 'rest'].map((name) => `/embed/${version}.${name}.part.js`);
    expect(scripts).toEqual([path, ...parts]);
    const findings = await page.evaluate(() => window.EvalonWidget?.diagnose?.());
    expect(findings?.map(({ level, message }) => `${level} ${message}`)).toContain(
      `ok The page is pinned to version ${version}.`,
    );
    expect(violations).toEqual([]);
    expect(scripts).toHaveLength(3);
  });

  test('runs neither the file nor a part whose content was changed', async ({ page, cleanup }) => {
    const { evalon, ats, proxy } = await startE2eStack(cleanup);
    const { version } = await readPinnedTag(proxy.url);
    pinPage(ats, await fetchPin(proxy.url, version));
    const tampered = new Set<string>();
    await page.route('**/embed/*.js', async (route) => {
      const response = await route.fetch();
      const isTampered = tampered.has(new URL(route.request().url()).pathname);
      const body = (isTampered ? 'globalThis.isTampered = true;' : '') + (await response.text());
      await route.fulfill({ response, body });
    });
    const hasRun = () => page.evaluate(() => 'isTampered' in window);

    const refused = page.waitForEvent('console', (message) => /integrity/.test(message.text()));
    tampered.add(`/embed/${version}.js`);
    await page.goto(ats.url);
    await refused;
    expect(await page.evaluate(() => customElements.get('evalon-assessments') === undefined)).toBe(true);
    expect(await hasRun()).toBe(false);

    tampered.clear();
    tampered.add(`/embed/${version}.result.part.js`);
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expectInvited(page);
    await evalon.completeSession(findSessionId(evalon));
    await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
    await expect(page.getByText('Campaign planning')).toHaveCount(0);
    expect(await hasRun()).toBe(false);
  });

  test('runs no second copy of the file if the server redirects to another folder', async ({ page, cleanup }) => {
    const sandbox = await startSandbox();
    cleanup.after(() => sandbox.close());
    const { version } = await readPinnedTag(`${sandbox.url}/builder`);
    const { path, integrity } = await fetchPin(sandbox.url, version);
    for (const redirectedPath of [path, `/embed/${version}.result.part.js`, `/embed/${version}.rest.part.js`]) {
      let isPinnedFileSent = false;
      const siteUrl = await serve(cleanup, async ({ url = '' }, response) => {
        if (!url.endsWith('.js')) {
          response.writeHead(200, { 'content-type': 'text/html' });
          response.end(`<!doctype html><title>ATS</title>
            <script type="module" src="${path}" integrity="${integrity}"></script><evalon-inbox></evalon-inbox>`);
        } else if (url === redirectedPath) {
          response.writeHead(302, { location: url.replace('embed', 'moved') }).end();
        } else {
          // Every copy of the pinned file after the first sets `isTampered`.
          const isPinnedFile = url.endsWith(`/${version}.js`);
          const change = isPinnedFile && isPinnedFileSent ? 'globalThis.isTampered = true;' : '';
          isPinnedFileSent ||= isPinnedFile;
          const file = await (await fetch(sandbox.url + url.replace('moved', 'embed'))).text();
          response.writeHead(200, { 'content-type': 'text/javascript' }).end(change + file);
        }
      });
      await page.goto(siteUrl);
      // Without `then`, `evaluate` would return the element's class, which Playwright cannot serialize.
      await page.evaluate(() => customElements.whenDefined('evalon-inbox').then(() => {}));
      expect(await page.evaluate(() => 'isTampered' in window), redirectedPath).toBe(false);
    }
  });

  test('works if it also has the tag of embed.js, even if the CSP allows the Trusted Types policy only once', {
    tag: '@release',
  }, async ({ page, cleanup }) => {
    const site = await startStaticSite();
    const sandbox = await startSandbox(undefined, { ALLOWED_ORIGINS: site.url });
    cleanup.after(() => Promise.all([sandbox.close(), site.close()]));
    const { version } = await readPinnedTag(`${sandbox.url}/builder`);
    const { path, integrity } = await fetchPin(sandbox.url, version);
    const pinned = `<script type="module" src="${sandbox.url}${path}" integrity="${integrity}"></script>`;
    const unpinned = `<script type="module" src="${sandbox.url}/embed.js"></script>`;
    site.csp = `require-trusted-types-for 'script'; trusted-types evalon-widget`;
    const violations = collectCspViolations(page);
    for (const tags of [pinned + unpinned, unpinned + pinned]) {
      site.html = `<!doctype html><html lang="en"><head><title>ATS</title>${tags}</head>
        <body><evalon-inbox></evalon-inbox></body></html>`;
      await page.goto(site.url);
      await expect(page.getByText(/Assessment inbox/)).toBeVisible();
    }
    expect(violations).toEqual([]);
  });

  test('loads the same parts if the URL of its script has a query', { tag: '@release' }, async ({ page, cleanup }) => {
    const { evalon, ats, proxy } = await startE2eStack(cleanup);
    const { version } = await readPinnedTag(proxy.url);
    const pin = await fetchPin(proxy.url, version);
    pinPage(ats, { ...pin, path: `${pin.path}?v=2` });
    const scripts = collectScripts(page);
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expectInvited(page);
    await evalon.completeSession(findSessionId(evalon));
    await expectResult(page, /^82$/);
    expect(scripts).toEqual([pin.path, `/embed/${version}.result.part.js`]);
  });

  test('loads the part for results again after the network has failed', { tag: '@release' }, async ({
    page,
    cleanup,
  }) => {
    const { evalon, ats, proxy } = await startE2eStack(cleanup);
    const { version } = await readPinnedTag(proxy.url);
    pinPage(ats, await fetchPin(proxy.url, version));
    let requestCount = 0;
    await page.route('**/*.result.part.js', (route) => (requestCount++ ? route.continue() : route.abort()));
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expectInvited(page);
    await evalon.completeSession(findSessionId(evalon));
    await expectResult(page, /^82$/);
    expect(requestCount).toBe(2);
  });

  test('works after upgrades of the proxy, which still serves the same bytes', { tag: '@release' }, async ({
    context,
    cleanup,
  }) => {
    test.setTimeout(300_000);
    const releases = EARLIER_VERSIONS.map((version) => ({ version, ...buildPinnedRelease(version) }));
    for (const { remove } of releases) cleanup.after(remove);
    const stack = await startE2eStackWithProcess(cleanup, {}, releases[0]?.main);
    const { evalon, ats, settings } = stack;
    const pins: Pin[] = [];
    for (const { version, main } of releases) {
      if (pins.length) stack.proxy = await startProxyProcess(settings, { main });
      const current = await readPinnedTag(stack.proxy.url);
      expect(current.version).toBe(version);
      const pin = await fetchPin(stack.proxy.url, version);
      expect(current.html).toContain(pin.integrity);
      pins.push(pin);
      await stack.proxy.kill();
    }
    stack.proxy = await startProxyProcess(settings);
    expect(EARLIER_VERSIONS).not.toContain((await readPinnedTag(stack.proxy.url)).version);

    for (const [index, version] of EARLIER_VERSIONS.entries()) {
      const pin = await fetchPin(stack.proxy.url, version);
      expect(pin).toEqual(pins[index]);
      pinPage(ats, pin);
      const email = `pinned-${index}@example.com`;
      ats.body = `<evalon-assessments candidate-email="${email}" candidate-name="Jane Smith"
        project-id="proj_abc123"></evalon-assessments>`;
      const page = await context.newPage();
      const [violations, scripts] = [collectCspViolations(page), collectScripts(page)];
      await page.goto(ats.url);
      await inviteButton(page).click();
      await expectInvited(page);
      expect(scripts).toEqual([pin.path]);
      await evalon.completeSession(findSessionId(evalon, email));
      await expectResult(page, /^82$/);
      expect(scripts).toEqual([pin.path, `/embed/${version}.result.part.js`]);
      expect(violations).toEqual([]);
      await page.close();
    }
  });
});
