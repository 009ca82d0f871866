/** The panel in pages of real frameworks, and next to libraries that change the browser's own objects. */
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { HOST_APPS, type HostAppName, LIBRARIES, startHostApps } from '../support/frameworks/host-apps.ts';
import type { ShownCandidate } from '../support/frameworks/host-window.ts';
import type { HttpServer } from '../support/http-server.ts';
import { startProxy } from '../support/proxy.ts';
import { createFileCleanup, expect, inShortRunIf, type Page, test } from './fixtures.ts';
import { expectInvited, expectResult, inviteButton } from './panel.ts';
import { findSessionId } from './stack.ts';

/** Whether the framework renders the panel before or after the widget defines it. */
const ORDERS = ['before', 'after'] as const;
/** How many times the app unmounts the panel and mounts it again. */
const REMOUNTS = 3;

const cleanup = createFileCleanup();
let evalon: TestEvalon;
let site: HttpServer;
let proxyUrl = '';

test.beforeAll(async () => {
  evalon = await startEvalon();
  site = await startHostApps();
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: site.url });
  cleanup.after(() => Promise.all([proxy.close(), evalon.close(), site.close()]));
  proxyUrl = proxy.url;
});

let candidateCount = 0;
function createCandidate(firstName: string): ShownCandidate {
  candidateCount += 1;
  return { email: `${firstName}-${candidateCount}@example.com`.toLowerCase(), name: `${firstName} Sample` };
}

/** Adds a module to the page. Resolves when the module has run. */
async function addScript(page: Page, src: string, attributes: Record<string, string> = {}): Promise<void> {
  await page.evaluate(
    ([src, attributes]) =>
      new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.type = 'module';
        for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
        script.onload = resolve;
        script.onerror = reject;
        script.src = src;
        document.head.append(script);
      }),
    [src, attributes] as const,
  );
}

const addWidget = (page: Page) => addScript(page, `${proxyUrl}/embed.js`, { 'data-token-url': '/evalon-token' });
const addApp = (page: Page, name: HostAppName) => addScript(page, `/${name}/main.js`);

async function show(page: Page, candidate: ShownCandidate | undefined): Promise<void> {
  await page.evaluate((next) => void window.show(next), candidate);
  await expect(page.locator('evalon-assessments')).toHaveCount(candidate ? 1 : 0);
}

/** Opens the app with a panel for this candidate. */
async function openApp(
  page: Page,
  name: HostAppName,
  order: (typeof ORDERS)[number],
  candidate: ShownCandidate,
): Promise<void> {
  await page.goto(`${site.url}/${name}/`);
  if (order === 'after') {
    await addWidget(page);
    await page.evaluate(() => window.EvalonWidget?.load?.());
    await addApp(page, name);
    await show(page, candidate);
    return;
  }
  await addApp(page, name);
  await show(page, candidate);
  expect(await page.evaluate(() => customElements.get('evalon-assessments'))).toBeUndefined();
  await addWidget(page);
}

/** Invites the shown candidate. Returns the session's id. */
async function invite(page: Page, { email, name }: ShownCandidate): Promise<string> {
  await expect(page.getByRole('button', { name: new RegExp(`^Invite ${name}`) }).first()).toBeVisible();
  await inviteButton(page).click();
  await expectInvited(page);
  return findSessionId(evalon, email);
}

/** Returns the emails in the completion events that the page has received. */
const readCompletedEmails = (page: Page) =>
  page.evaluate(() => window.completed.map((session) => Reflect.get(session, 'candidate_email')));

/** Tracks the page's streams. Returns a function that counts the open streams. */
function trackStreams(page: Page): () => number {
  const open = new Set<unknown>();
  page.on(
    'request',
    (request) => request.url().endsWith('/v1/events') && request.method() === 'POST' && open.add(request),
  );
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return () => open.size;
}

/** Keeps a weak reference to the panel in the page. */
const rememberPanel = (page: Page) =>
  page.evaluate(() => {
    const panel = document.querySelector('evalon-assessments');
    const all: WeakRef<Element>[] = Reflect.get(window, 'panels') ?? [];
    if (panel) Reflect.set(window, 'panels', [...all, new WeakRef(panel)]);
  });

async function countPanelsInMemory(page: Page): Promise<number> {
  await page.requestGC();
  return page.evaluate(
    () => (Reflect.get(window, 'panels') as WeakRef<Element>[]).filter((panel) => panel.deref()).length,
  );
}

for (const name of Object.keys(HOST_APPS) as HostAppName[]) {
  for (const order of ORDERS) {
    // `npm test` runs only the most common combination.
    const testOptions = inShortRunIf(name === 'react-19' && order === 'before');
    test(`works in ${name}, which renders the panel ${order} the widget defines it`, testOptions, async ({ page }) => {
      const [jane, ben] = [createCandidate('Jane'), createCandidate('Ben')];
      const countOpenStreams = trackStreams(page);
      await openApp(page, name, order, jane);
      const janeSessionId = await invite(page, jane);
      await evalon.sendEvent(janeSessionId, 'session.started');
      await expect(page.getByText(/^\s*Started/).first()).toBeVisible();
      await evalon.completeSession(janeSessionId);
      await expectResult(page, /^82$/);
      await expect.poll(() => readCompletedEmails(page)).toEqual([jane.email]);

      await show(page, ben);
      await expect(page.getByText(/^\s*Completed/)).toHaveCount(0);
      const benSessionId = await invite(page, ben);
      for (let round = 0; round < REMOUNTS; round++) {
        await rememberPanel(page);
        await show(page, undefined);
        // The panel catches up with what happens while it is not mounted.
        if (round === 0) await evalon.sendEvent(benSessionId, 'session.started');
        await show(page, ben);
        await expect(page.getByText(/^\s*Started/).first()).toBeVisible();
      }
      await expect(page.getByRole('status')).toHaveCount(1);
      expect(countOpenStreams()).toBeLessThanOrEqual(1);

      await evalon.completeSession(benSessionId);
      await expectResult(page, /^82$/);
      await expect.poll(() => readCompletedEmails(page)).toEqual([jane.email, ben.email]);
      await show(page, undefined);
      // A framework may keep the panel that it rendered last.
      await expect.poll(() => countPanelsInMemory(page)).toBeLessThanOrEqual(1);
    });
  }
}

for (const library of Object.keys(LIBRARIES)) {
  // `npm test` runs only Prototype.
  const testOptions = inShortRunIf(library.startsWith('prototype'));
  test(`works in a page with ${library}`, testOptions, async ({ page }) => {
    const jane = createCandidate('Jane');
    const errors: string[] = [];
    const warnings: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await page.goto(`${site.url}/html/?${new URLSearchParams({ ...jane, library })}`);
    await addApp(page, 'html');
    await addWidget(page);
    const sessionId = await invite(page, jane);
    await evalon.sendEvent(sessionId, 'session.started');
    await expect(page.getByText(/^\s*Started/).first()).toBeVisible();
    await evalon.completeSession(sessionId);
    await expectResult(page, /^82$/);
    const section = page.locator('evalon-assessments details').first();
    await section.locator('summary').click();
    await expect(section.getByRole('listitem').first()).toBeVisible();
    await expect.poll(() => readCompletedEmails(page)).toEqual([jane.email]);
    expect(errors).toEqual([]);
    expect(warnings).toEqual(library === 'whatwg-fetch' ? ['Evalon: fetch has no streams'] : []);
  });
}

for (const name of ['htmx', 'turbo'] as const) {
  test(`shows the right candidate after back and forward in ${name}`, { tag: '@release' }, async ({ page }) => {
    const [jane, ben] = [createCandidate('Jane'), createCandidate('Ben')];
    const expectOnly = async ({ name }: ShownCandidate) => {
      await expect(page.locator('evalon-assessments')).toHaveCount(1);
      await expect(page.getByRole('button', { name: new RegExp(`^Invite ${name}`) }).first()).toBeVisible();
    };
    await openApp(page, name, 'after', jane);
    await expectOnly(jane);
    await show(page, ben);
    await expectOnly(ben);
    await page.goBack();
    await expectOnly(jane);
    await page.goForward();
    await expectOnly(ben);
    await page.goBack();
    await expectOnly(jane);
    await invite(page, jane);
    await page.goForward();
    await expectOnly(ben);
  });
}
