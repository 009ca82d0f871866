/** The extension in a browser whose language is not English. */
import { getDirection, type Locale } from '../../proxy/contract/locales.ts';
import { createEnglishWordFinder, readAllTexts } from '../support/english-words.ts';
import { buildUnpackedExtension } from '../support/extension.ts';
import { POLL_OPTIONS, WAIT_OPTIONS, waitForNewPage, waitForPanelText } from '../support/extension-panel.ts';
import { expect, type Page, test } from './fixtures.ts';
import { emailFor, launchHostedBrowser, PROJECT_ID, startHostedAts } from './hosted-pages.ts';

/** The API in the extension's background. */
declare const chrome: {
  action: { getTitle(details: { tabId?: number | undefined }): Promise<string> };
  i18n: { getMessage(name: string): string };
  runtime: { getManifest(): { name: string; description: string } };
  tabs: { query(filter: object): Promise<{ id?: number }[]> };
};

const ASSESSMENTS = JSON.stringify([{ project_id: PROJECT_ID, assessment_type: 'marketing', label: 'Qqq' }]);

/** Made-up words, because the widget does not translate what Evalon returns. */
const SCORECARD = {
  overall: 82,
  overall_max: 100,
  narrative_summary: 'Zzz.',
  sections: [{ name: 'Xxx', score: 8, max_score: 10, questions: [{ prompt: 'Yyy', score: 8, max_score: 10 }] }],
};

function createChecks(locale: Locale) {
  const findEnglish = createEnglishWordFinder(locale);
  const expectNoEnglish = (text: string, step: string) => {
    expect(text.trim(), step).not.toBe('');
    expect(findEnglish(text), `${step}: ${text}`).toEqual([]);
  };
  return {
    expectNoEnglish,
    async checkDocument(page: Page, step: string): Promise<void> {
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('html')).toHaveAttribute('dir', getDirection(locale));
      expectNoEnglish(await page.title(), `title, ${step}`);
      expectNoEnglish(await page.locator('body').evaluate(readAllTexts), step);
    },
  };
}

for (const [language, locale] of [
  ['de', 'de'],
  ['ar', 'ar'],
  // The extension has Brazilian Portuguese, but no other Portuguese.
  ['pt-PT', 'pt-BR'],
] as const) {
  test(`the extension in a browser in ${language} shows no English word`, { tag: '@release' }, async ({
    launchOptions,
    cleanup,
  }) => {
    const { checkDocument, expectNoEnglish } = createChecks(locale);
    const hosted = await startHostedAts(cleanup, [], { ASSESSMENTS });
    const unpacked = await buildUnpackedExtension(hosted.stack.proxy.url);
    cleanup.after(unpacked.remove);
    const browser = await launchHostedBrowser(launchOptions, unpacked, { language });
    cleanup.after(() => browser.close());
    const background = await browser.getServiceWorker();
    const [name = '', ...otherTexts] = await background.evaluate(() => {
      const { name, description } = chrome.runtime.getManifest();
      return [name, description, ...['chipLabel', 'chipHint'].map((key) => chrome.i18n.getMessage(key))];
    });
    for (const text of [name, ...otherTexts]) expectNoEnglish(text, 'manifest and chip');

    const page = await browser.openTab(hosted.addCandidate.lever('Zoë'));
    const panel = await browser.openPanel(page);
    const signInButton = panel.locator('main > .primary');
    await signInButton.waitFor(WAIT_OPTIONS);
    await checkDocument(panel, 'signed out');
    const signInWindow = await waitForNewPage(browser.context, () => signInButton.click());
    await signInWindow.getByRole('button', { name: 'Continue' }).click(WAIT_OPTIONS);
    await waitForPanelText(panel, emailFor('Zoë'));
    await checkDocument(panel, 'not invited');

    await panel.locator('[part=invite-button]').click(WAIT_OPTIONS);
    await panel.locator('.chip.invited').waitFor(WAIT_OPTIONS);
    await checkDocument(panel, 'invited');
    const readToolbarTitle = () =>
      background.evaluate(async () => {
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        return chrome.action.getTitle({ tabId: tab?.id });
      });
    await expect.poll(readToolbarTitle, POLL_OPTIONS).not.toBe(name);
    expectNoEnglish(await readToolbarTitle(), 'toolbar icon');
    await hosted.complete(emailFor('Zoë'), SCORECARD);
    await panel.locator('.chip.completed').waitFor(WAIT_OPTIONS);
    await checkDocument(panel, 'completed');
    await panel.locator('nav button').last().click();
    await panel.locator('evalon-inbox [part=row]').waitFor(WAIT_OPTIONS);
    await checkDocument(panel, 'inbox');

    const unknownCandidatePage = await browser.openTab('https://hire.lever.co/candidates/unknown');
    await panel.locator('nav button').first().click();
    await panel.locator('form').waitFor(WAIT_OPTIONS);
    await checkDocument(panel, 'unknown candidate');
    await unknownCandidatePage.goto('https://hire.lever.co/dashboard');
    await panel.locator('form').waitFor({ state: 'detached' });
    await checkDocument(panel, 'no candidate');

    const optionsPage = await browser.context.newPage();
    await optionsPage.goto(`chrome-extension://${unpacked.id}/options.html`);
    await optionsPage.locator('main p').first().waitFor(WAIT_OPTIONS);
    await checkDocument(optionsPage, 'options');
  });
}
