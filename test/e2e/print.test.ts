import { expect, test } from './fixtures.ts';
import { collectCspViolations, expectInvited } from './panel.ts';
import { findSessionId, startE2eStack } from './stack.ts';

declare global {
  interface Window {
    /** What the frame would have printed if the test did not replace `window.print`. */
    printed?: { title: string; text: string; barColor: string; dialColor: string };
  }
}

/** Runs in each frame. Replaces `print` in frames of the page, and records what they would print. */
function recordPrint(): void {
  if (window === window.top) return;
  window.print = () => {
    const root = document.body.firstElementChild?.shadowRoot;
    const styleOf = (selector: string) => getComputedStyle(root?.querySelector(selector) ?? document.body);
    if (!window.top) return;
    window.top.printed = {
      title: document.title,
      text: root?.textContent ?? '',
      barColor: styleOf('.bar rect:last-child').fill,
      dialColor: styleOf('.dial').stroke,
    };
    dispatchEvent(new Event('afterprint'));
  };
}

test('the widget prints the result alone, in black, from a page with the strictest CSP', async ({ page, cleanup }) => {
  const { evalon, ats } = await startE2eStack(cleanup);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addInitScript(recordPrint);
  const violations = collectCspViolations(page);
  await page.goto(ats.url);
  await page.getByRole('button', { name: 'Invite Jane Smith to Marketing' }).click();
  await expectInvited(page);
  const session_uuid = findSessionId(evalon);
  await evalon.completeSession(session_uuid);
  await page.getByRole('button', { name: 'Print result: Jane Smith' }).click();

  await page.waitForFunction(() => window.printed);
  const printed = await page.evaluate(() => window.printed);
  expect(printed).toMatchObject({
    title: 'Jane Smith, Marketing',
    barColor: 'rgb(0, 0, 0)',
    dialColor: 'rgb(0, 0, 0)',
  });
  for (const text of ['jane@example.com', 'Overall', '82', 'Campaign planning']) expect(printed?.text).toContain(text);
  expect(printed?.text).not.toContain('Copy');
  expect(violations).toEqual([]);
  await expect(page.locator('iframe')).toHaveCount(0);
});
