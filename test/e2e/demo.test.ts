/** The demo ATS in a browser. */
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { RunningProxy } from '../../proxy/server.ts';
import { findAxeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { type Browser, expect, type Page } from '../support/page.ts';
import { startSandbox } from '../support/proxy.ts';

const found = await findBrowser();
let browser: Browser;
let sandbox: RunningProxy;

async function newPage(test: TestContext, path: string, settings: { colorScheme?: 'dark' } = {}): Promise<Page> {
  const context = await browser.newContext(settings);
  test.after(() => context.close());
  const page = await context.newPage();
  await page.goto(sandbox.url + path);
  return page;
}

describe('the demo ATS', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  before(async () => {
    if (!found) return;
    browser = await launchBrowser(found);
    sandbox = await startSandbox();
    await sandbox.context.sandbox?.seed();
  });
  after(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  it('guides from the invite to the result', async (test) => {
    const page = await newPage(test, '/');
    await page.getByRole('list', { name: 'Try it in one minute' }).getByRole('link', { name: 'Ada Demo' }).click();
    const tour = page.getByRole('region', { name: 'What to try' });
    await expect(tour).toContainText('Click Invite above');
    await page
      .getByRole('button', { name: /^Invite/ })
      .first()
      .click();
    await tour.getByRole('button', { name: 'finish for Ada' }).click();
    await expect(page.getByText(/^\s*Completed/).first()).toBeVisible({ timeout: 20_000 });
    await expect(tour).toContainText('Open a section');
    await page.getByRole('link', { name: /^Next candidate/ }).click();
    await expect(tour).toContainText('Click Invite above');
  });

  it('replaces the candidate in the side panel without a navigation', async (test) => {
    const page = await newPage(test, '/');
    await page.getByRole('link', { name: 'Show Ines Demo in the side panel' }).click();
    const panel = page.getByRole('complementary', { name: 'Side panel' });
    await expect(panel).toContainText('Completed');
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await page.getByRole('link', { name: 'Show Hana Sample in the side panel' }).click();
    await expect(panel).toContainText('Candidate declined');
    await expect(panel.getByText('Ines')).toHaveCount(0);
    await expect(page.locator('.panel-cell [aria-current]')).toHaveAccessibleName(/Hana Sample/);
    assert.equal(await page.evaluate(() => 'stayed' in window), true);
    assert.match(page.url(), /panel=hana-sample/);
    await page.goBack();
    await expect(panel).toContainText('Ines Demo');
    await panel.getByRole('link', { name: 'Close the side panel' }).click();
    await expect(panel).toHaveCount(0);
  });

  it('opens the profile of a candidate in the inbox', async (test) => {
    const page = await newPage(test, '/');
    await page
      .locator('evalon-inbox')
      .getByRole('button', { name: /^Ines Demo/ })
      .click({ timeout: 30_000 });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ines Demo', { timeout: 30_000 });
    assert.equal(new URL(page.url()).pathname, '/candidates/ines-demo');
  });

  it('keeps the chosen theme, which the widget follows', async (test) => {
    const page = await newPage(test, '/candidates/ines-demo', { colorScheme: 'dark' });
    const dark = page.getByRole('button', { name: 'Dark mode' });
    const widget = page.locator('evalon-assessments');
    await expect(dark).toHaveAttribute('aria-pressed', 'true');
    const before = await widget.evaluate((element) => getComputedStyle(element).color);
    await dark.click();
    await page.reload();
    await expect(dark).toHaveAttribute('aria-pressed', 'false');
    await expect(widget).toHaveCSS('color-scheme', 'light');
    assert.notEqual(await widget.evaluate((element) => getComputedStyle(element).color), before);
  });

  it('passes axe and fits a narrow screen', async (test) => {
    const page = await newPage(test, '/');
    const except = ['evalon-assessments', 'evalon-status', 'evalon-inbox'];
    for (const path of ['/', '/?panel=ines-demo', '/candidates/ben-sample', '/candidates/unknown']) {
      await page.goto(sandbox.url + path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await findAxeViolations(page, 'body', { except }), [], `${path}, ${colorScheme}`);
      }
      await page.setViewportSize({ width: 360, height: 800 });
      const [content, screen] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.equal(content, screen, path);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  });
});
