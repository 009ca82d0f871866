/** A page's developer calls `EvalonWidget.diagnose()` in the console. */
import type { RunningProxy } from '../../proxy/server.ts';
import type { Finding } from '../../widget/diagnose/finding.ts';
import { startEvalon } from '../support/evalon.ts';
import { serve } from '../support/http-server.ts';
import { type Settings, startProxy } from '../support/proxy.ts';
import { mintToken } from '../support/token.ts';
import { type Cleanup, expect, inShortRunIf, type Page, test } from './fixtures.ts';

interface TestPage {
  url: string;
  /** Creates the response to POST /evalon-token. */
  createTokenResponse: () => Promise<{ status: number; body: string }>;
  csp: string;
  head: string;
  scriptAttributes: string;
  body: string;
}

const PANEL =
  '<evalon-assessments candidate-email="jane@example.com" candidate-name="Jane Smith" project-id="proj_abc123"></evalon-assessments>';
const createJsonResponse = (body: object) => ({ status: 200, body: JSON.stringify(body) });

/** Starts a proxy, and an ATS whose page embeds the proxy's widget under a strict CSP. */
async function startPage(cleanup: Cleanup, settings: Settings = {}) {
  const url = await serve(cleanup, async (request, response) => {
    if (request.method === 'POST') {
      const { status, body } = await page.createTokenResponse();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': page.csp });
    response.end(`<!doctype html><html lang="en"><head><title>ATS</title><link rel="icon" href="data:,">${page.head}
      <script type="module" src="${proxy.url}/embed.js" ${page.scriptAttributes}></script></head>
      <body>${page.body}</body></html>`);
  });
  const page: TestPage = {
    url,
    createTokenResponse: async () => createJsonResponse({ token: await mintToken({}) }),
    csp: '',
    head: '',
    scriptAttributes: 'data-token-url="/evalon-token"',
    body: PANEL,
  };
  const evalon = await startEvalon();
  const proxy: RunningProxy = await startProxy(evalon, { ALLOWED_ORIGINS: page.url, ...settings });
  cleanup.after(() => Promise.all([proxy.close(), evalon.close()]));
  page.csp = buildCsp(proxy.url);
  return { page, proxy };
}

function buildCsp(proxyUrl: string, changes: Record<string, string> = {}): string {
  const directives = {
    'default-src': "'none'",
    'script-src': proxyUrl,
    'connect-src': `'self' ${proxyUrl}`,
    'require-trusted-types-for': "'script'",
    'trusted-types': 'evalon-widget',
    ...changes,
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/** Opens the page, calls `diagnose()`, and returns its findings that are not ok, as lines. */
async function openAndListProblems(browserPage: Page, url: string): Promise<string[]> {
  await browserPage.goto(url);
  return formatProblems(await callDiagnose(browserPage));
}

async function callDiagnose(browserPage: Page): Promise<Finding[]> {
  await browserPage.waitForFunction(() => window.EvalonWidget?.diagnose !== undefined);
  return browserPage.evaluate(() => window.EvalonWidget?.diagnose?.() ?? []);
}

const formatProblems = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ level }) => level !== 'ok')
    .map(({ subject, level, message, fix }) => `${level} ${subject}: ${message} ${fix}`);

test.describe('EvalonWidget.diagnose()', () => {
  test('finds nothing wrong with a correct embed, and prints neither a token nor a candidate', async ({
    page: browserPage,
    cleanup,
  }) => {
    const { page } = await startPage(cleanup);
    const lines: string[] = [];
    browserPage.on('console', (message) => {
      if (message.text().startsWith('Evalon')) lines.push(message.text());
    });
    await browserPage.goto(page.url);
    const findings = await callDiagnose(browserPage);
    expect(findings.map(({ subject, level }) => `${level} ${subject}`)).toEqual([
      'ok proxy',
      'ok origin',
      'ok script',
      'ok version',
      'ok token',
      'ok project',
      'ok element',
    ]);
    expect(lines).toEqual(findings.map(({ subject, message }) => `Evalon: ok ${subject}: ${message}`));
    expect(lines.join()).not.toMatch(/eyJ|jane/i);
  });

  test('names the origin that the proxy does not allow', async ({ page: browserPage, cleanup }) => {
    const { page } = await startPage(cleanup, { ALLOWED_ORIGINS: 'https://ats.example.com' });
    expect(await openAndListProblems(browserPage, page.url)).toEqual([
      `fail origin: The proxy doesn't allow this page's origin, ${page.url}. Add ${page.url} to ALLOWED_ORIGINS of the proxy.`,
    ]);
  });

  test('is named in the console when a request first fails', async ({ page: browserPage, cleanup }) => {
    const { page } = await startPage(cleanup, { ALLOWED_ORIGINS: 'https://ats.example.com' });
    page.body += PANEL;
    const lines: string[] = [];
    browserPage.on('console', (message) => {
      if (message.text().startsWith('Evalon')) lines.push(message.text());
    });
    await browserPage.goto(page.url);
    const panels = browserPage.getByText("Can't reach the assessment server");
    await expect(panels).toHaveCount(2);
    expect(lines).toEqual(['Evalon: unreachable. For the cause, run EvalonWidget.diagnose().']);
  });

  test('names the directive of the CSP that blocks a request', async ({ page: browserPage, cleanup }) => {
    const { page, proxy } = await startPage(cleanup);
    page.csp = buildCsp(proxy.url, { 'connect-src': "'self'" });
    expect(await openAndListProblems(browserPage, page.url)).toEqual([
      expect.stringContaining(`Add ${proxy.url} to connect-src`),
    ]);
    page.csp = buildCsp(proxy.url, { 'connect-src': proxy.url });
    expect(await openAndListProblems(browserPage, page.url)).toEqual([
      expect.stringContaining("Add 'self' to connect-src"),
    ]);
  });

  test('names the Trusted Types policy that the page must allow', async ({ page: browserPage, cleanup }) => {
    const { page, proxy } = await startPage(cleanup);
    page.csp = buildCsp(proxy.url, { 'trusted-types': 'other' });
    expect(await openAndListProblems(browserPage, page.url)).toEqual([
      expect.stringContaining('Add evalon-widget to trusted-types'),
    ]);
  });

  const secondsNow = () => Math.floor(Date.now() / 1_000);
  const BACKENDS: Record<string, [createResponse: TestPage['createTokenResponse'], expected: RegExp[]]> = {
    fails: [async () => ({ status: 500, body: '' }), [/responds 500 to a POST/]],
    'returns no token': [async () => createJsonResponse({ jwt: '' }), [/no JSON of the form/]],
    'returns no JWT': [async () => createJsonResponse({ token: 'secret-session-id' }), [/is not a JWT/]],
    'returns a token signed with another secret': [
      async () =>
        createJsonResponse({ token: await mintToken({}, { secret: 'another secret that is long enough for HS256' }) }),
      [/The proxy refuses the token.*npm run doctor -- token/],
    ],
    'returns an expired token': [
      async () =>
        createJsonResponse({ token: await mintToken({ iat: secondsNow() - 2_000, exp: secondsNow() - 1_800 }) }),
      [/has expired, or this machine's clock is wrong/, /The proxy refuses the token/],
    ],
    'returns a token that lasts too long': [
      async () => createJsonResponse({ token: await mintToken({ iat: secondsNow(), exp: secondsNow() + 3_600 }) }),
      [/is valid for 3600 s.*within 900 s/, /The proxy refuses the token/],
    ],
    'grants nothing': [
      async () => createJsonResponse({ token: await mintToken({ projects: [], scope: '' }) }),
      [/grants nothing/, /grants no project or no scope/],
    ],
    'does not grant the project': [
      async () => createJsonResponse({ token: await mintToken({ projects: ['proj_other'] }) }),
      [/^fail project: <evalon-assessments> \(1\): the token doesn't cover the project proj_abc123/],
    ],
  };
  for (const [index, [what, [createResponse, expected]]] of Object.entries(BACKENDS).entries()) {
    test(
      `explains a backend that ${what}`,
      // `npm test` runs every third case.
      inShortRunIf(index % 3 === 0),
      async ({ page: browserPage, cleanup }) => {
        const { page } = await startPage(cleanup);
        page.createTokenResponse = createResponse;
        const problems = await openAndListProblems(browserPage, page.url);
        expect(problems).toHaveLength(expected.length);
        for (const [n, pattern] of expected.entries()) expect(problems[n]).toMatch(pattern);
        expect(problems.join()).not.toMatch(/eyJ|secret-session/);
      },
    );
  }

  test('explains a getToken that throws, and script tags that differ', async ({ page: browserPage, cleanup }) => {
    const { page, proxy } = await startPage(cleanup);
    page.csp = '';
    page.scriptAttributes = '';
    page.head = '<script>window.EvalonWidget = { getToken() { throw new TypeError("eyJ.secret") } }</script>';
    expect(await openAndListProblems(browserPage, page.url)).toEqual([
      expect.stringMatching(/^fail token: The page's getToken failed \(TypeError\)\./),
    ]);
    page.head = `<script type="module" src="${proxy.url}/embed.js" data-token-url="/other"></script>`;
    page.scriptAttributes = 'data-token-url="/evalon-token"';
    expect(await openAndListProblems(browserPage, page.url)).toEqual([expect.stringContaining('Keep one script tag')]);
  });

  test('names a project that the proxy does not offer, a missing attribute, and a page without elements', async ({
    page: browserPage,
    cleanup,
  }) => {
    const { page } = await startPage(cleanup);
    page.body = PANEL.replace('proj_abc123', 'proj_typo') + PANEL.replace('candidate-email', 'email');
    const problems = await openAndListProblems(browserPage, page.url);
    expect(problems).toEqual([
      expect.stringContaining('<evalon-assessments> (1): the proxy offers no assessment in the project proj_typo'),
      expect.stringMatching(/<evalon-assessments> \(2\): .*candidate-email/),
    ]);
    page.body = '';
    expect(await openAndListProblems(browserPage, page.url)).toEqual([expect.stringContaining('EvalonWidget.load()')]);
  });

  test('explains a proxy URL at which another server or no server responds', async ({ page: browserPage, cleanup }) => {
    const { page } = await startPage(cleanup);
    page.csp = '';
    // No server listens on the discard port.
    page.head = '<script>window.EvalonWidget = { proxyUrl: "http://127.0.0.1:9" }</script>';
    expect((await openAndListProblems(browserPage, page.url))[0]).toMatch(
      /^fail proxy: The page can't reach http:\/\/127/,
    );
    page.head = `<script>window.EvalonWidget = { proxyUrl: "${page.url}" }</script>`;
    expect((await openAndListProblems(browserPage, page.url))[0]).toMatch(
      /^fail proxy: The server at .* isn't the proxy/,
    );
  });

  test('warns of a page that has the widget of an earlier release', async ({ page: browserPage, cleanup }) => {
    const { page, proxy } = await startPage(cleanup);
    await browserPage.goto(page.url);
    await browserPage.waitForFunction(() => window.EvalonWidget?.diagnose !== undefined);
    await browserPage.route(`${proxy.url}/embed.js`, (route) =>
      route.fulfill({ body: 'import("./widget/diagnose-ABCDEF.js")', headers: { 'access-control-allow-origin': '*' } }),
    );
    expect(formatProblems(await callDiagnose(browserPage))).toEqual([
      expect.stringMatching(/^warn version: .* Reload the page/),
    ]);
  });
});
