/** Pages with an attacker's markup, such as DOM clobbering or an injected `<base>`, and an XHTML page. */
import type { IncomingMessage } from 'node:http';
import { startEvalon } from '../support/evalon.ts';
import { serve } from '../support/http-server.ts';
import { startProxy } from '../support/proxy.ts';
import { mintToken } from '../support/token.ts';
import { createFileCleanup, expect, inShortRunIf, type Page, test } from './fixtures.ts';
import { expectInvited, inviteButton } from './panel.ts';

interface HostilePage {
  /** Markup before the script tag, which the attacker controls. */
  markup: string;
  headers?: Record<string, string>;
  body?: string;
  isXhtml?: boolean;
  /** Whether the page loads the pinned file (`/embed/<version>.js`) instead of the loader (`/embed.js`). */
  isPinned?: boolean;
}

const NONCE = 'cjRuZDBt';
const panelFor = (name: string) =>
  `<evalon-assessments candidate-email="${name}@example.com" candidate-name="${name}" project-id="proj_abc123"></evalon-assessments>`;

const cleanup = createFileCleanup();
/** The requests that the attacker's server has received. */
const attackerRequests: IncomingMessage[] = [];
let servedPage: HostilePage = { markup: '' };
let attackerUrl = '';
let atsUrl = '';
let proxyUrl = '';
let pinnedPath = '';

test.beforeAll(async () => {
  attackerUrl = await serve(cleanup, (request, response) => {
    attackerRequests.push(request);
    response.writeHead(200, {
      'content-type': 'text/javascript',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
    });
    response.end(request.method === 'OPTIONS' ? '' : 'window.attacked = true; export {}');
  });
  atsUrl = await serve(cleanup, async (request, response) => {
    if (request.method === 'POST') {
      const token = request.url === '/evalon-token' ? await mintToken({}) : '';
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
      return;
    }
    const { markup, headers = {}, body = '', isXhtml, isPinned } = servedPage;
    const path = isPinned ? pinnedPath : '/embed.js';
    const script = `<script type="module" nonce="${NONCE}" src="${proxyUrl}${path}" data-token-url="/evalon-token"></script>`;
    const [start, contentType] = isXhtml
      ? ['<html xmlns="http://www.w3.org/1999/xhtml">', 'application/xhtml+xml']
      : ['<!doctype html><html>', 'text/html; charset=utf-8'];
    response.writeHead(200, { 'content-type': contentType, ...headers });
    response.end(`${start}<head><title>ATS</title></head><body>${markup}${script}${body}</body></html>`);
  });
  const evalon = await startEvalon();
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: atsUrl });
  cleanup.after(() => Promise.all([proxy.close(), evalon.close()]));
  proxyUrl = proxy.url;
  pinnedPath = `/embed/${proxy.context.pinnedFiles.current?.version}.js`;
});

async function openPage(page: Page, next: HostilePage): Promise<void> {
  attackerRequests.length = 0;
  servedPage = next;
  await page.goto(`${atsUrl}/candidates/7`);
}

/** Asserts that the attacker's server received only requests for the image of the markup, and no token. */
async function expectNoAttack(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
  const unexpected = attackerRequests.filter(
    ({ headers, url }) => url !== '/e/x.png' || headers.authorization !== undefined,
  );
  expect(unexpected.map(({ method, url, headers }) => [method, url, headers['sec-fetch-dest']])).toEqual([]);
  expect(attackerRequests.filter(({ headers }) => headers['sec-fetch-dest'] === 'script')).toEqual([]);
}

async function expectInviteWorks(page: Page): Promise<void> {
  await inviteButton(page).click();
  await expectInvited(page);
}

const POLICIES = {
  'without a CSP': {},
  'with nonce, strict-dynamic and Trusted Types': {
    'content-security-policy': `script-src 'nonce-${NONCE}' 'strict-dynamic'; object-src 'none'; require-trusted-types-for 'script'; trusted-types evalon-widget`,
  },
};

const buildImage = (name: string) => `<img src="${attackerUrl}/e/x.png" name="${name}"/>`;
const VARIANTS: Record<string, (name: string) => string> = {
  img: buildImage,
  form: (name) =>
    `<form name="${name}" action="${attackerUrl}/e/x.png"><input name="src" value="${attackerUrl}/e/x.js"/></form>`,
  object: (name) => `<object id="${name}" name="${name}" data="${attackerUrl}/e/x.png"></object>`,
  'two identical names': (name) => buildImage(name).repeat(2),
};

for (const [policy, headers] of Object.entries(POLICIES)) {
  for (const [variant, build] of Object.entries(VARIANTS)) {
    const isInShortRun = variant === 'img' || policy === 'without a CSP';
    test(
      `the widget loads nothing from the attacker on a page ${policy}: ${variant}`,
      inShortRunIf(isInShortRun),
      async ({ page }) => {
        // The lengths make the candidate's name unique among these tests.
        const candidate = `Jane${variant.length}${policy.length}`;
        await openPage(page, { markup: build('currentScript') + build('baseURI'), headers, body: panelFor(candidate) });
        await expectInviteWorks(page);
        await expectNoAttack(page);
      },
    );
  }
}

/** Every property of `document` that the widget or Lit reads, and others that they may read. */
const DOCUMENT_NAMES =
  `activeElement addEventListener adoptedStyleSheets adoptNode baseURI body createComment createElement
  createElementNS createTextNode createTreeWalker currentScript defaultView documentElement execCommand getElementById
  getRootNode head implementation importNode nodeType querySelector querySelectorAll readyState removeEventListener
  styleSheets title visibilityState`.split(/\s+/);
/** Properties of `window` that are undefined before the widget or Lit sets them. */
const WINDOW_NAMES = `EvalonWidget ShadyCSS ShadyDOM WebComponents evalon evalonWidget litElementHydrateSupport
  litElementPolyfillSupport litElementVersions litHtmlPolyfillSupport litHtmlVersions litIssuedWarnings litNonce
  litPropertyMetadata reactiveElementPolyfillSupport reactiveElementVersions`.split(/\s+/);

for (const [kind, isPinned, build] of [
  ['images', false, (name: string) => `<img name="${name}">`],
  ['forms', false, (name: string) => `<form name="${name}"><input name="matches"><input name="querySelector"></form>`],
  ['images', true, (name: string) => `<img name="${name}">`],
] as const) {
  const file = isPinned ? 'the pinned file' : 'the widget';
  const title = `${file} ignores ${kind} that are named like properties of the document`;
  test(title, inShortRunIf(!isPinned), async ({ page }) => {
    const headers = POLICIES['with nonce, strict-dynamic and Trusted Types'];
    const markup = DOCUMENT_NAMES.map(build).join('');
    await openPage(page, { markup, headers, isPinned, body: panelFor(`Named-${kind}-${isPinned}`) });
    await expectInviteWorks(page);
    // The loader also finds an element that the page adds later, in a form whose field shadows a method of the form.
    await page.evaluate(() => {
      const form = Document.prototype.createElement.call(document, 'form');
      const later = Document.prototype.createElement.call(document, 'evalon-status');
      later.setAttribute('candidate-email', 'later@example.com');
      later.setAttribute('project-id', 'proj_abc123');
      const input = Document.prototype.createElement.call(document, 'input');
      input.setAttribute('name', 'matches');
      form.append(input, later);
      Reflect.get(Document.prototype, 'body', document).append(form);
    });
    await expect(page.getByText('Not invited')).toBeVisible();
  });
}

const CLOBBERED_SETTINGS: Record<string, () => string> = {
  'two links': () =>
    `<a id="EvalonWidget"></a><a id="EvalonWidget" name="proxyUrl" href="${attackerUrl}/e/"></a><a id="EvalonWidget" name="load"></a>`,
  'a form': () => '<form id="EvalonWidget"><input name="load"><input name="getToken"><input name="proxyUrl"></form>',
  'a frame': () =>
    `<iframe name="EvalonWidget" srcdoc="<a id=proxyUrl href=${attackerUrl}/e/></a><a id=load></a><a id=getToken></a>"></iframe>`,
};

for (const [kind, build] of Object.entries(CLOBBERED_SETTINGS)) {
  test(`the widget ignores elements that clobber its settings: ${kind}`, async ({ page }) => {
    const otherElements = WINDOW_NAMES.filter((name) => name !== 'EvalonWidget').map((name) => `<a id="${name}"></a>`);
    await openPage(page, { markup: build() + otherElements.join(''), body: panelFor(`Settings-${kind.length}`) });
    await expectInviteWorks(page);
    await expectNoAttack(page);
  });
}

test('the widget resolves the token URL against the page’s URL, not against an injected <base>', async ({ page }) => {
  await openPage(page, { markup: `<base href="${attackerUrl}/e/">`, body: panelFor('Base') });
  await expectInviteWorks(page);
  await expectNoAttack(page);
});

test('the widget sends no token to the proxy that injected markup names', async ({ page }) => {
  const injected = panelFor('Injected').replace(' ', ` proxy-url="${attackerUrl}" `);
  await openPage(page, { markup: injected, body: panelFor('Own') });
  await expect.poll(() => attackerRequests.length).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: /^Invite Own/ }).first()).toBeVisible();
  expect(attackerRequests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
});

test('the widget sends no token and shows what is wrong if injected markup names another token URL', async ({
  page,
}) => {
  const messages: string[] = [];
  const posted: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()));
  const injectedScript = `<script type="text/plain" src="${proxyUrl}/embed.js" data-token-url="/injected"></script>`;
  await openPage(page, { markup: injectedScript, body: panelFor('Inert') });
  await expect(page.getByText("You're not signed in. Reload the page or try again.")).toBeVisible();
  expect(messages.join()).toContain('ignored data-token-url, because the script tags differ');
  expect(posted.filter((url) => url.startsWith(atsUrl))).toEqual([]);
  await expectNoAttack(page);
});

test('the widget works on an XHTML page, although Chromium blocks module scripts there', async ({ page }) => {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  const loader = `<script>window.EvalonWidget = { tokenUrl: '/evalon-token' }; import('${proxyUrl}/embed.js')</script>`;
  await openPage(page, { markup: loader, isXhtml: true, body: panelFor('Xhtml') });
  await expectInviteWorks(page);
  expect(messages.join()).toContain('Module scripts in XML documents');
});
