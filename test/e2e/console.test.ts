/** The console of the host page stays clean: no errors, failed requests or CSP violations in ordinary states. */
import type { Request } from '@playwright/test';
import { isFailure, NOT_FOUND } from '../../proxy/sandbox/gallery/scripted-proxy.ts';
import { ELEMENT_STORIES, type Gallery, openGallery } from '../support/gallery.ts';
import { startSandbox } from '../support/proxy.ts';
import { createFileCleanup, expect, inShortAndFullRun, inShortRunIf, type Page, test } from './fixtures.ts';
import { expectInvited, inviteButton } from './panel.ts';

/** `npm test` opens only the pages at these paths. */
const MAIN_PATHS = new Set(['/', '/candidates/ines-demo', '/cohorts', '/results', '/builder']);
const PATHS = [
  '/',
  '/?job=account-executive',
  '/?panel=ines-demo',
  '/candidates/ada-demo',
  '/candidates/ben-sample',
  '/candidates/grace-demo',
  '/candidates/ines-demo',
  '/cohorts',
  '/cohorts?id=ada-demo&id=jonas-sample',
  '/results',
  '/results?job=account-executive',
  '/gallery',
  '/builder',
  '/mock-ats',
];

/**
 * Stories without a failed response, a missing browser feature or a missing attribute. For a story without a result,
 * the scorecard is NOT_FOUND, and the element must not request the scorecard.
 */
const ORDINARY_STORIES = ELEMENT_STORIES.filter(({ story: { id, browserCondition, responses } }) => {
  const { scorecard, ...others } = responses;
  const hasFailure = Object.values(others).some(isFailure) || (isFailure(scorecard) && scorecard !== NOT_FOUND);
  return !browserCondition && !hasFailure && id !== 'incomplete';
});

const STORY_SELECTIONS = inShortAndFullRun(
  { which: 'one in twenty gallery stories', stories: ORDINARY_STORIES.filter((_, index) => index % 20 === 0) },
  { which: 'every gallery story', stories: ORDINARY_STORIES },
);

/** The test reports a story that does not reach its state in this time, and goes on to the next story. */
const STORY_TIMEOUT_MS = 15_000;

const cleanup = createFileCleanup();
let url: string;
let gallery: Gallery;

test.beforeAll(async ({ browser }) => {
  const sandbox = await startSandbox();
  cleanup.after(() => sandbox.close());
  await sandbox.context.sandbox?.seed();
  url = sandbox.url;
  gallery = await openGallery(browser);
  cleanup.after(() => gallery.close());
});

/** The widget's requests, except its event streams. */
const WIDGET_REQUEST = /\/v1\/(?!events)/;
const pendingRequests = new WeakMap<Page, Set<Request>>();

/** Collects what a developer sees in red in the browser's tools, except for requests that the page itself aborts. */
async function collectReports(page: Page): Promise<string[]> {
  const reports: string[] = [];
  const pending = new Set<Request>();
  pendingRequests.set(page, pending);
  page.on('request', (request) => void (WIDGET_REQUEST.test(request.url()) && pending.add(request)));
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => pending.delete(request));
  page.on('console', (message) => {
    if (message.type() === 'error') reports.push(message.text());
  });
  page.on('pageerror', (error) => reports.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) reports.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') reports.push(`${reason} ${request.url()}`);
  });
  await page.exposeFunction('reportCspViolation', (text: string) => reports.push(text));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      const { reportCspViolation } = window as unknown as { reportCspViolation(text: string): void };
      reportCspViolation(`${effectiveDirective} blocked ${blockedURI}`);
    });
  });
  return reports;
}

/** Opens a page. Waits until the widget on it has received a response and shows no skeleton. */
async function openPage(page: Page, path: string): Promise<void> {
  const hasWidget = /^\/(\?|candidates|cohorts|results|$)/.test(path);
  const firstResponse = hasWidget && page.waitForResponse((response) => WIDGET_REQUEST.test(response.url()));
  await page.goto(url + path);
  await firstResponse;
  await waitForContent(page);
}

async function waitForContent(page: Page): Promise<void> {
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await expect.poll(() => pendingRequests.get(page)?.size).toBe(0);
}

test.describe('the console stays empty', () => {
  for (const path of PATHS) {
    test(`at ${path}`, inShortRunIf(MAIN_PATHS.has(path)), async ({ page }) => {
      const reports = await collectReports(page);
      await openPage(page, path);
      expect(reports).toEqual([]);
    });
  }

  test('from the invite to the result, with each section unfolded', async ({ page }) => {
    const reports = await collectReports(page);
    await openPage(page, '/candidates/ada-demo');
    await inviteButton(page).click();
    await expectInvited(page);
    await page.getByRole('button', { name: 'finish for Ada' }).click();
    await expect(page.getByText(/^\s*Completed/).first()).toBeVisible();
    await page.locator('[part~=print-button]').first().waitFor();
    for (const section of await page.locator('[part~=section] summary').all()) await section.click();
    await page.getByRole('link', { name: /^Next candidate/ }).click();
    await waitForContent(page);
    expect(reports).toEqual([]);
  });

  test('while the recruiter opens a result in the table', async ({ page }) => {
    const reports = await collectReports(page);
    await openPage(page, '/results');
    await page.getByRole('row').filter({ hasText: 'Ines Demo' }).getByRole('button').first().click();
    await page.locator('[part~=section]').first().waitFor();
    expect(reports).toEqual([]);
  });

  for (const [{ which, stories }, testOptions] of STORY_SELECTIONS)
    test(`in ${which} that simulates no failure`, testOptions, async () => {
      const reports = await collectReports(gallery.page);
      gallery.page.setDefaultTimeout(STORY_TIMEOUT_MS);
      const reportsByStory: Record<string, string[]> = {};
      for (const entry of stories) {
        await gallery.showStory(entry).catch((error: Error) => reports.push(error.message));
        const found = reports.splice(0);
        if (found.length) reportsByStory[`${entry.element} in ${entry.story.id}`] = found;
      }
      expect(reportsByStory).toEqual({});
      expect(stories.length).toBeGreaterThan(5);
    });
});
