/**
 * A recruiter's journey in each language shows no English word and cuts off no text. In right-to-left languages, the
 * panel is mirrored.
 */
import { LOCALES, type Locale } from '../../proxy/contract/locales.ts';
import { createEnglishWordFinder, readAllTexts } from '../support/english-words.ts';
import { findLayoutFaults } from '../support/layout-check.ts';
import { expect, inShortRunIf, type Page, test } from './fixtures.ts';
import { findSessionId, startE2eStack } from './stack.ts';

const NARROW_PX = 280;
/** The default margin of a page's body. */
const MARGIN_PX = 8;

const ELEMENTS = `
  <evalon-assessments candidate-email="jane@example.com" candidate-name="Zoë Zürn" project-id="proj_abc123"></evalon-assessments>
  <evalon-status candidate-email="jane@example.com" project-id="proj_abc123"></evalon-status>
  <evalon-scorecard session-uuid="unknown"></evalon-scorecard>
  <evalon-inbox></evalon-inbox>
  <evalon-results project-id="proj_abc123" assessment-type="marketing"></evalon-results>
  <evalon-cohort project-id="proj_abc123" assessment-type="marketing"></evalon-cohort>`;

/** Made-up words, because the widget does not translate what Evalon returns. */
const SCORECARD = {
  overall: 82,
  overall_max: 100,
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
  if (locale === 'en') return;
  const text = await page.locator('body').evaluate(readAllTexts);
  expect(createEnglishWordFinder(locale)(text), `${step}: ${text}`).toEqual([]);
}

/** Asserts that every element shows all of its text at its current width. */
async function expectNoCutText(page: Page, step: string): Promise<void> {
  // The element with the role `status` is the invisible text for screen readers.
  for (const element of await page.locator('body > :not([role=status])').all()) {
    const tag = await element.evaluate(({ localName }) => localName);
    const faults = await element.evaluate(findLayoutFaults, { width: NARROW_PX });
    expect.soft(faults, `${step}: ${tag}`).toEqual([]);
  }
}

for (const locale of LOCALES) {
  // `npm test` checks only Arabic, whose panel is also mirrored.
  test(
    `a recruiter’s journey on a page in ${locale} is translated and fits 280 px`,
    inShortRunIf(locale === 'ar'),
    async ({ page, cleanup }) => {
      const { evalon, ats } = await startE2eStack(cleanup, {
        ASSESSMENTS: JSON.stringify([{ project_id: 'proj_abc123', assessment_type: 'marketing', label: 'Qqq' }]),
      });
      ats.lang = locale;
      ats.body = ELEMENTS;
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.setViewportSize({ width: NARROW_PX + 2 * MARGIN_PX, height: 900 });
      const check = async (step: string) => {
        await expectNoEnglish(page, locale, step);
        await expectNoCutText(page, step);
      };
      const panel = page.locator('evalon-assessments');
      const cohort = page.locator('evalon-cohort');
      await page.goto(ats.url);
      await panel.locator('[part=invite-button]').waitFor();
      await page.locator('evalon-results .card').waitFor();
      await cohort.locator('textarea').waitFor();
      await check('not invited');
      await expect(panel).toHaveAttribute('lang', locale);

      evalon.injectFault('create', { fault: 'html', status: 200 }, { times: 1 });
      await panel.locator('[part=invite-button]').click();
      await panel.locator('[part=problem]').waitFor();
      await check('failed invite');

      await panel.locator('[part=invite-button]').click();
      await panel.locator('.chip.invited').waitFor();
      await page.locator('evalon-status .chip.invited').waitFor();
      await panel.locator('[part=copy-button]').first().waitFor();
      await panel.locator('[part=history] summary').click();
      await panel.locator('evalon-history [part=timeline-entry]').first().waitFor();
      await check('invited');

      await panel.locator('[part=copy-button]').first().click();
      await panel.locator('[part=handover]').waitFor();
      await check('link shared');

      const session_uuid = findSessionId(evalon);
      for (const status of ['opened', 'started', 'submitted', 'scoring']) {
        await evalon.sendEvent(session_uuid, `session.${status}`);
        await panel.locator(`.chip.${status}`).waitFor();
        await check(status);
      }
      await evalon.completeSession(session_uuid, { scorecard: SCORECARD });
      await panel.locator('[part=print-button]').waitFor();
      await panel.locator('[part=section] summary').click();
      await page.locator('evalon-inbox [part=row]').waitFor();
      await check('completed');

      await cohort.locator('textarea').fill('Zoë <zoe@example.com>\nZoë <zzz>');
      await cohort.locator('[part=check-button]').click();
      await cohort.locator('[part=invite-button]').waitFor();
      await check('previewed');
      await cohort.locator('[part=invite-button]').click();
      await cohort.locator('[part=batch] [part=row]').first().waitFor();
      await check('invited together');
      // Only English files are directly in /widget/. The files of other languages are in subfolders.
      if (locale !== 'en') expect(requests.filter((url) => /\/widget\/[\w-]+\.js$/.test(url))).toEqual([]);
    },
  );
}

for (const locale of ['ar', 'he'] as const) {
  test(
    `the panel is mirrored on a page in ${locale}, whatever the direction of the page`,
    inShortRunIf(locale === 'ar'),
    async ({ page, cleanup }) => {
      const { evalon, ats } = await startE2eStack(cleanup);
      ats.lang = locale;
      ats.body = ELEMENTS;
      const panel = page.locator('evalon-assessments');
      await page.goto(ats.url);
      await panel.locator('[part=invite-button]').click();
      await panel.locator('.chip.invited').waitFor();
      await evalon.completeSession(findSessionId(evalon), { scorecard: SCORECARD });
      await panel.locator('[part=print-button]').waitFor();
      expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('ltr');
      await expect(panel).toHaveAttribute('dir', 'rtl');

      const { card, title, chip, barScale } = await panel.evaluate(measurePanel);
      // The title is at the right of the card, and the chip at the left.
      expect(card.right - title.right).toBeLessThan(20);
      expect(title.left - card.left).toBeGreaterThan(100);
      expect(chip.left - card.left).toBeLessThan(20);
      // The bars are mirrored.
      expect(barScale).toBe('-1 1');
      for (const text of ['jane@example.com', '/ 100', '8/10']) {
        expect(await panel.evaluate(readFromLeftToRight, text)).toBe(text);
      }
    },
  );
}

/** Runs in the page. Returns the places of the panel's parts, and how its bars are scaled. */
function measurePanel({ shadowRoot }: Element) {
  const find = (selector: string) => shadowRoot?.querySelector(selector) as Element;
  const titleRange = document.createRange();
  titleRange.selectNodeContents(find('[part=label]'));
  return {
    card: find('.card').getBoundingClientRect(),
    title: titleRange.getBoundingClientRect(),
    chip: find('.chip').getBoundingClientRect(),
    barScale: getComputedStyle(find('.bar')).scale,
  };
}

/** Runs in the page. Returns the letters of a text in the order of their places on the screen. */
function readFromLeftToRight({ shadowRoot }: Element, text: string): string {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(shadowRoot as ShadowRoot, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  const all = nodes.map(({ data }) => data).join('');
  const start = all.indexOf(text);
  if (start < 0) return `“${text}” is not in: ${all}`;
  let count = 0;
  const letters = nodes.flatMap((node) =>
    [...node.data].map((letter, offset) => {
      const range = document.createRange();
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      return { letter, index: count++, left: range.getBoundingClientRect().left };
    }),
  );
  return letters
    .filter(({ index }) => index >= start && index < start + text.length)
    .sort((a, b) => a.left - b.left)
    .map(({ letter }) => letter)
    .join('');
}

test('an element’s own language takes precedence over the page’s, and applies to all elements of the page', async ({
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

test('the widget has the language of DEFAULT_LOCALE on a page in an unsupported language', async ({
  page,
  cleanup,
}) => {
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
  test(`the widget is in English on a page in ${language} language`, async ({ page, cleanup }) => {
    const { ats } = await startE2eStack(cleanup);
    ats.lang = lang ?? '';
    await page.goto(ats.url);
    await expect(page.locator('evalon-assessments')).toContainText('Invite');
    await expect(page.locator('evalon-assessments')).toHaveAttribute('lang', 'en');
  });
}

test('a form field named lang does not change the language', async ({ page, cleanup }) => {
  const { ats } = await startE2eStack(cleanup);
  ats.body = `<form lang="de"><input name="lang">${ELEMENTS}</form>`;
  await page.goto(ats.url);
  await expect(page.locator('evalon-assessments')).toHaveAttribute('lang', 'de');
});
