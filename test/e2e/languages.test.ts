/** A recruiter's journey in each language shows no English word. */
import { LOCALES, type Locale } from '../../proxy/contract/locales.ts';
import { createEnglishWordFinder, readAllTexts } from '../support/english-words.ts';
import { expect, type Page, test } from './fixtures.ts';
import { findSessionId, startE2eStack } from './stack.ts';

const TRANSLATIONS = LOCALES.filter((locale) => locale !== 'en');

const ELEMENTS = `
  <evalon-assessments candidate-email="jane@example.com" candidate-name="Zoë Zürn" project-id="proj_abc123"></evalon-assessments>
  <evalon-status candidate-email="jane@example.com" project-id="proj_abc123"></evalon-status>
  <evalon-scorecard session-uuid="unknown"></evalon-scorecard>
  <evalon-inbox></evalon-inbox>
  <evalon-results project-id="proj_abc123" assessment-type="marketing"></evalon-results>
  <evalon-cohort project-id="proj_abc123" assessment-type="marketing"></evalon-cohort>`;

/** What Evalon returns is in no language. */
const SCORECARD = {
  narrative_summary: 'Zzz.',
  sections: [
    {
      name: 'Xxx',
      score: 8,
      max_score: 10,
      questions: [{ prompt: 'Yyy', score: 8, max_score: 10, feedback: 'Www', time_seconds: 75 }],
    },
  ],
};

async function expectNoEnglish(page: Page, locale: Locale, step: string): Promise<void> {
  const text = await page.locator('body').evaluate(readAllTexts);
  expect(createEnglishWordFinder(locale)(text), `${step}: ${text}`).toEqual([]);
}

for (const locale of TRANSLATIONS) {
  // Ordinary runs check one language.
  const options = locale === 'de' ? {} : { tag: '@release' };
  test(`a recruiter’s journey shows no English word on a page in ${locale}`, options, async ({ page, cleanup }) => {
    const { evalon, ats } = await startE2eStack(cleanup, {
      ASSESSMENTS: JSON.stringify([{ project_id: 'proj_abc123', assessment_type: 'marketing', label: 'Qqq' }]),
    });
    ats.lang = locale;
    ats.body = ELEMENTS;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const panel = page.locator('evalon-assessments');
    await page.goto(ats.url);
    await panel.locator('[part=invite-button]').waitFor();
    await page.locator('evalon-results .card').waitFor();
    await page.locator('evalon-cohort textarea').waitFor();
    await expectNoEnglish(page, locale, 'not invited');
    await expect(panel).toHaveAttribute('lang', locale);

    evalon.injectFault('create', { fault: 'html', status: 200 }, 1);
    await panel.locator('[part=invite-button]').click();
    await panel.locator('[part=problem]').waitFor();
    await expectNoEnglish(page, locale, 'failed invite');

    await panel.locator('[part=invite-button]').click();
    await panel.locator('.chip.invited').waitFor();
    await page.locator('evalon-status .chip.invited').waitFor();
    await panel.locator('[part=copy-button]').first().waitFor();
    await panel.locator('[part=history] summary').click();
    await panel.locator('evalon-history [part=timeline-entry]').first().waitFor();
    await expectNoEnglish(page, locale, 'invited');

    const session_uuid = findSessionId(evalon);
    for (const status of ['opened', 'started', 'submitted', 'scoring']) {
      await evalon.sendEvent(session_uuid, `session.${status}`);
      await panel.locator(`.chip.${status}`).waitFor();
      await expectNoEnglish(page, locale, status);
    }
    await evalon.completeSession(session_uuid, { scorecard: SCORECARD });
    await panel.locator('[part=print-button]').waitFor();
    await panel.locator('[part=section] summary').click();
    await page.locator('evalon-inbox [part=row]').waitFor();
    await expectNoEnglish(page, locale, 'completed');
    expect(requests.filter((url) => /\/widget\/[\w-]+\.js$/.test(url))).toEqual([]);
  });
}

test('an element’s own language takes precedence over the page’s, and all elements of a page have it', async ({
  page,
  cleanup,
}) => {
  const { ats } = await startE2eStack(cleanup);
  ats.body = ELEMENTS.replace('<evalon-assessments', '<evalon-assessments locale="de-AT"');
  await page.goto(ats.url);
  await page.locator('evalon-assessments [part=invite-button]').waitFor();
  await page.locator('evalon-cohort textarea').waitFor();
  await expectNoEnglish(page, 'de', 'not invited');
  for (const element of ['evalon-assessments', 'evalon-cohort']) {
    await expect(page.locator(element)).toHaveAttribute('lang', 'de');
  }
});

test('a page without a supported language has the one that IT has set', async ({ page, cleanup }) => {
  const { ats } = await startE2eStack(cleanup, { DEFAULT_LOCALE: 'de' });
  ats.lang = 'sv';
  await page.goto(ats.url);
  await page.locator('evalon-assessments [part=invite-button]').waitFor();
  await expectNoEnglish(page, 'de', 'not invited');
});

for (const [lang, language] of [
  ['sv', 'an unsupported'],
  ['', 'an unknown'],
  ['-', 'an invalid'],
]) {
  test(`a page in ${language} language is in English`, async ({ page, cleanup }) => {
    const { ats } = await startE2eStack(cleanup);
    ats.lang = lang ?? '';
    await page.goto(ats.url);
    await expect(page.locator('evalon-assessments')).toContainText('Invite');
    await expect(page.locator('evalon-assessments')).toHaveAttribute('lang', 'en');
  });
}

test('a field of a form that is called lang does not change the language', async ({ page, cleanup }) => {
  const { ats } = await startE2eStack(cleanup);
  ats.body = `<form lang="de"><input name="lang">${ELEMENTS}</form>`;
  await page.goto(ats.url);
  await expect(page.locator('evalon-assessments')).toHaveAttribute('lang', 'de');
});
