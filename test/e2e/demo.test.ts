import type { RunningProxy } from '../../proxy/server.ts';
import { startSandbox } from '../support/proxy.ts';
import { expect, inShortRunIf, test } from './fixtures.ts';
import { expectAccessible, expectNoHorizontalScrolling, inviteButton } from './panel.ts';

/** The only paths that `npm test` checks with axe. */
const MAIN_PATHS = new Set(['/?panel=ines-demo']);

let sandbox: RunningProxy;

test.beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.context.sandbox?.seed();
});
test.afterAll(() => sandbox?.close());

test.describe('the demo ATS', () => {
  test('guides the recruiter from the invite to the result', async ({ page }) => {
    await page.goto(sandbox.url);
    await page.getByRole('list', { name: 'Try it in one minute' }).getByRole('link', { name: 'Ada Demo' }).click();
    const hints = page.getByRole('region', { name: 'What to try' });
    await expect(hints).toContainText('Click Invite above');
    await inviteButton(page).click();
    await hints.getByRole('button', { name: 'finish for Ada' }).click();
    await expect(page.getByText(/^\s*Completed/).first()).toBeVisible();
    await expect(hints).toContainText('Open a section');
    await page.getByRole('link', { name: /^Next candidate/ }).click();
    await expect(hints).toContainText('Click Invite above');
  });

  test('shows one candidate after the other in its side panel, next to the live list', async ({ page }) => {
    await page.goto(sandbox.url);
    await page.getByRole('link', { name: 'Show Ines Demo in the side panel' }).click();
    const panel = page.getByRole('complementary', { name: 'Side panel' });
    await expect(panel).toContainText('Completed');
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await page.getByRole('link', { name: 'Show Hana Sample in the side panel' }).click();
    await expect(panel).toContainText('Candidate declined');
    await expect(panel.getByText('Ines')).toHaveCount(0);
    await expect(page.locator('.panel-cell [aria-current]')).toHaveAccessibleName(/Hana Sample/);
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    await expect(page).toHaveURL(/panel=hana-sample/);
    await page.goBack();
    await expect(panel).toContainText('Ines Demo');
    await panel.getByRole('link', { name: 'Close the side panel' }).click();
    await expect(panel).toHaveCount(0);
  });

  test('opens a candidate’s profile from the inbox', { tag: '@release' }, async ({ page }) => {
    await page.goto(sandbox.url);
    await page
      .locator('evalon-inbox')
      .getByRole('button', { name: /^Olga Demo/ })
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Olga Demo');
    expect(new URL(page.url()).pathname).toBe('/candidates/olga-demo');
  });

  test('switches itself and the widget between dark and light, and remembers the choice', { tag: '@release' }, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${sandbox.url}/candidates/ines-demo`);
    const darkModeButton = page.getByRole('button', { name: 'Dark mode' });
    const widget = page.locator('evalon-assessments');
    await expect(darkModeButton).toHaveAttribute('aria-pressed', 'true');
    const darkTextColor = await widget.evaluate((element) => getComputedStyle(element).color);
    await darkModeButton.click();
    await page.reload();
    await expect(darkModeButton).toHaveAttribute('aria-pressed', 'false');
    await expect(widget).toHaveCSS('color-scheme', 'light');
    expect(await widget.evaluate((element) => getComputedStyle(element).color)).not.toBe(darkTextColor);
  });

  test('invites the candidates that are selected in the list', async ({ page }) => {
    await page.goto(sandbox.url);
    const invite = page.getByRole('button', { name: 'Invite selected…' });
    await expect(invite).toBeDisabled();
    for (const name of ['Ada Demo', 'Ines Demo']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    await invite.click();
    const cohort = page.getByRole('region', { name: 'Growth Marketing Manager' }).locator('evalon-cohort');
    await expect(cohort.getByRole('row').filter({ hasText: 'Ines Demo' })).toContainText('Already invited');
    expect(new URL(page.url()).search).not.toContain('@');
  });

  test('shows a cohort in progress, a finished one, and the results of a job, compared', async ({ page }) => {
    await page.goto(`${sandbox.url}/cohorts`);
    const graduates = page.getByRole('region', { name: 'Graduate Program' });
    await expect(graduates.getByText(/of 120 processed|120 candidates invited/).first()).toBeVisible();
    await graduates.getByRole('button', { name: 'Invite more candidates' }).click();
    await graduates
      .getByRole('button', { name: /^Open the invites/ })
      .last()
      .click();
    await expect(graduates.getByText('12 candidates invited.').first()).toBeVisible();
    await page.getByRole('link', { name: 'Results' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Ines Demo' })).toContainText('Completed');
    await expect(page.getByRole('button', { name: 'Compare', exact: true })).toBeVisible();
  });

  test('has a history of several days, made by two recruiters, and results to compare', async ({ page }) => {
    await page.goto(`${sandbox.url}/results`);
    const rows = page.getByRole('row');
    await expect(rows.filter({ hasText: 'Mira Demo' })).toContainText('Demo Colleague');
    await expect(rows.filter({ hasText: 'Ines Demo' })).toContainText('Demo Recruiter');
    const days = new Set((await rows.allInnerTexts()).map((text) => /[A-Z][a-z]{2} \d+, \d{4}/.exec(text)?.[0]));
    expect(days.size).toBeGreaterThan(4);

    await page.goto(`${sandbox.url}/candidates/ines-demo`);
    await expect(page.getByText(/^\s*Higher than (all \d+ other|\d+% of the other \d+) results/)).toBeVisible();
    await page.goto(`${sandbox.url}/candidates/ben-sample`);
    await expect(page.getByText(/^Reminder copied by Demo Colleague/)).toBeVisible();
  });

  test('lets a visitor act as the colleague in one tab, and see the colleague’s invite in another', async ({
    page,
    context,
  }) => {
    await page.goto(`${sandbox.url}/candidates/lucia-sample`);
    const colleaguePage = await context.newPage();
    await colleaguePage.goto(`${sandbox.url}/candidates/lucia-sample`);
    const actingAs = colleaguePage.getByRole('group', { name: 'Acting as' });
    await expect(actingAs.getByRole('button', { pressed: true })).toHaveText('Demo Recruiter');
    await actingAs.getByRole('button', { name: 'Demo Colleague' }).click();
    await expect(actingAs.getByRole('button', { pressed: true })).toHaveText('Demo Colleague');
    await inviteButton(colleaguePage).click();
    await page.locator('evalon-assessments').getByText('History').click();
    await expect(page.getByText('Invited by Demo Colleague')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Demo Recruiter' })).toHaveAttribute('aria-pressed', 'true');
  });

  test('keeps the whole navigation on a screen of 320 px', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(sandbox.url);
    const navigation = page.getByRole('navigation', { name: 'Demo ATS' });
    await expect(navigation.getByRole('link').first()).toBeInViewport({ ratio: 1 });
    await expect(navigation.getByRole('button', { name: 'Dark mode' })).toBeInViewport({ ratio: 1 });
  });

  for (const path of [
    '/',
    '/?panel=ines-demo',
    '/candidates/ben-sample',
    '/candidates/unknown',
    '/cohorts',
    '/cohorts?id=ada-demo&id=jonas-sample',
    '/results',
  ]) {
    test(`passes axe and fits a narrow screen at ${path}`, inShortRunIf(MAIN_PATHS.has(path)), async ({ page }) => {
      await page.goto(sandbox.url + path);
      // The tests of the gallery check these elements.
      const except = ['evalon-assessments', 'evalon-status', 'evalon-inbox', 'evalon-cohort', 'evalon-results'];
      await expectAccessible(page, { except });
      await expectNoHorizontalScrolling(page);
    });
  }
});
