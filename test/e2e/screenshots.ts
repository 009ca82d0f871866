/**
 * `npm run screenshots`: takes the pictures of the README and of docs/extension.md in the demo, and the pictures of
 * docs/design.md in the gallery. `npm run screenshots -- design` takes only the pictures of docs/design.md. Run
 * `npm run build` first.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFullBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { buildUnpackedExtension, launchWithExtension } from '../support/extension.ts';
import { createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { completeAssessment } from './candidate-page.ts';
import { shootDesignSheets } from './design-sheets.ts';

const IMAGES = join(import.meta.dirname, '../../docs/images');

const launchOptions = await findFullBrowser();
if (!launchOptions) throw new Error(NO_BROWSER_MESSAGE);
const browser = await launchBrowser(launchOptions);
mkdirSync(join(IMAGES, 'design'), { recursive: true });
for (const [name, sheet] of await shootDesignSheets(browser)) {
  writeFileSync(join(IMAGES, 'design', `${name}.png`), sheet);
}
if (process.argv.includes('design')) {
  await browser.close();
  process.exit();
}

const { folder, remove } = createTempFolder();
const proxy = await startProxyProcess({ PORT: '0', DATABASE_URL: `file:${folder}/sandbox.db`, LOG_LEVEL: 'warn' });
const context = await browser.newContext({ viewport: { width: 1180, height: 800 }, colorScheme: 'light' });
const page = await context.newPage();
const shoot = (name: string) => page.screenshot({ path: join(IMAGES, `${name}.png`) });

await page.goto(proxy.url);
await page.getByRole('row').filter({ hasText: 'Not invited' }).first().getByRole('link').first().click();
await page
  .getByRole('button', { name: /^Invite/ })
  .first()
  .click();
const link = page.getByRole('link', { name: /candidate's link/ });
await link.waitFor();
await shoot('invited');

const openedPage = context.waitForEvent('page');
await link.click();
await completeAssessment(await openedPage, { answerIndex: 1 });
const panel = page.locator('evalon-assessments');
await panel.locator('[part~=narrative]').waitFor();
await panel.locator('details summary').first().click();
await shoot('profile');

await browser.close();

const unpacked = await buildUnpackedExtension(proxy.url);
const extensionBrowser = await launchWithExtension({ ...launchOptions }, unpacked);
const atsPage = await extensionBrowser.context.newPage();
await atsPage.setViewportSize({ width: 820, height: 640 });
await atsPage.goto(`${proxy.url}/mock-ats`);
await atsPage.getByRole('link', { name: 'Mock Greenhouse' }).click();
const sidePanel = await extensionBrowser.openPanel(atsPage);
// The first candidate of the mock pages is the candidate who has just completed the assessment.
await sidePanel.locator('[part~=narrative]').first().waitFor();
await sidePanel.emulateMedia({ colorScheme: 'light' });
await sidePanel.screenshot({ path: join(IMAGES, 'extension-panel.png') });
await atsPage.screenshot({ path: join(IMAGES, 'extension-page.png'), clip: { x: 0, y: 0, width: 820, height: 260 } });
await extensionBrowser.close();
unpacked.remove();
await proxy.kill();
remove();
