/** `/docs` shows the whole API in a browser, in light and dark, without a request to another server. */
import { OPERATIONS } from '../../proxy/contract/operations.ts';
import { expect, type Page, test } from './fixtures.ts';
import { startE2eStack } from './stack.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  const title = `the API reference is readable in ${colorScheme}, and sends no request to another server`;
  test(title, { tag: '@release' }, async ({ page, cleanup }) => {
    const { proxy } = await startE2eStack(cleanup);
    const problems = collectProblems(page, proxy.url);
    await page.emulateMedia({ colorScheme });
    await page.goto(`${proxy.url}/docs`);
    for (const { summary } of OPERATIONS) {
      await expect(page.getByText(summary, { exact: true }).first()).toBeVisible();
    }
    await page.getByText('Invite a candidate', { exact: true }).click();
    await expect(page.getByText('The session that already existed.')).toBeVisible();
    await expect(page.getByText('"candidate_email": "jane@example.com"').first()).toBeVisible();
    await expect(page.getByRole('button', { name: /authorize|try it out/i })).toBeHidden();
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(28, 32, 34)' : 'rgb(250, 250, 250)');
    expect(problems).toEqual([]);
  });
}

/** Collects errors, CSP violations, and requests to other servers. */
function collectProblems(page: Page, proxyUrl: string): string[] {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(proxyUrl) && !url.startsWith('data:')) problems.push(url);
  });
  return problems;
}
