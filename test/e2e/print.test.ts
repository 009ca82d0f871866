import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { expect } from '../support/page.ts';
import { startE2eStack } from './stack.ts';

const found = await findBrowser();

/** Set by a frame that would be printed, because nothing in here has a printer. */
declare global {
  interface Window {
    printed?: { title: string; text: string; bar: string; dial: string };
  }
}

describe('printing', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('puts the result alone on paper, in a page of the strictest policy', async (test) => {
    if (!found) return;
    const { evalon, ats } = await startE2eStack(test);
    const browser = await launchBrowser(found);
    test.after(() => browser.close());
    const page = await browser.newPage({ colorScheme: 'dark' });
    await page.addInitScript(() => {
      if (window === window.top) return;
      window.print = () => {
        const root = document.body.firstElementChild?.shadowRoot;
        const look = (selector: string) => getComputedStyle(root?.querySelector(selector) ?? document.body);
        if (!window.top) return;
        window.top.printed = {
          title: document.title,
          text: root?.textContent ?? '',
          bar: look('.bar rect:last-child').fill,
          dial: look('.dial').stroke,
        };
        dispatchEvent(new Event('afterprint'));
      };
    });
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/policy|violates|Trusted/i.test(message.text())) violations.push(message.text());
    });
    await page.goto(ats.url);
    await page.getByRole('button', { name: 'Invite Jane Smith to Marketing' }).click();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    const session = evalon.findSession('jane@example.com', 'proj_abc123');
    assert.ok(session);
    await evalon.completeSession(session.session_uuid);
    await page.getByRole('button', { name: 'Copy or print: Jane Smith' }).click();
    await page.getByRole('button', { name: 'Print or PDF: Jane Smith' }).click();

    await page.waitForFunction(() => window.printed);
    const printed = await page.evaluate(() => window.printed);
    assert.equal(printed?.title, 'Jane Smith, Marketing');
    for (const text of ['jane@example.com', 'Overall', '82', 'Campaign planning']) {
      assert.ok(printed?.text.includes(text), `${text} is not in: ${printed?.text}`);
    }
    assert.ok(!printed?.text.includes('Copy'), printed?.text);
    assert.deepEqual([printed?.bar, printed?.dial], ['rgb(0, 0, 0)', 'rgb(0, 0, 0)']);
    assert.deepEqual(violations, []);
    assert.equal(await page.locator('iframe').count(), 0);
  });
});
