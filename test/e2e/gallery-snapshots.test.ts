/** Pictures and accessibility trees of the main stories. Review each change of a snapshot by eye. */
import {
  BUTTON,
  CHIP,
  COHORT,
  type ElementName,
  INBOX,
  PANEL,
  RESULTS,
  SCORECARD,
} from '../../proxy/sandbox/gallery/story.ts';
import type { StoryVariant } from '../../proxy/sandbox/gallery/story-page.ts';
import { findStory, type Gallery, openGallery } from '../support/gallery.ts';
import { expect, test } from './fixtures.ts';

type Picture = [element: ElementName, storyId: string, variant?: Partial<StoryVariant>];

const PICTURES: readonly Picture[] = [
  [PANEL, 'not-invited'],
  [PANEL, 'not-invited', { theme: 'dark', width: 280, dir: 'rtl' }],
  [PANEL, 'inviting', { width: 280 }],
  [PANEL, 'invite-failed', { theme: 'dark' }],
  [PANEL, 'invited'],
  [PANEL, 'invited', { theme: 'dark', width: 280 }],
  [PANEL, 'completed-unfolded'],
  [PANEL, 'completed-unfolded', { theme: 'dark', width: 900 }],
  [PANEL, 'completed-unfolded', { width: 280, dir: 'rtl' }],
  [PANEL, 'completed-odd', { width: 640 }],
  [PANEL, 'compared', { theme: 'dark', width: 640, dir: 'rtl' }],
  [PANEL, 'elsewhere'],
  [PANEL, 'expired', { theme: 'dark', dir: 'rtl' }],
  [BUTTON, 'not-invited'],
  [BUTTON, 'invited', { theme: 'dark', width: 280 }],
  [BUTTON, 'evalon-busy', { dir: 'rtl' }],
  [CHIP, 'invited', { theme: 'dark' }],
  [CHIP, 'completed'],
  [SCORECARD, 'completed', { width: 280 }],
  [SCORECARD, 'result-failed', { theme: 'dark' }],
  [SCORECARD, 'long-result', { width: 900, dir: 'rtl' }],
  [INBOX, 'inbox-empty'],
  [INBOX, 'inbox-news', { theme: 'dark' }],
  [INBOX, 'inbox-news', { width: 280, dir: 'rtl' }],
  [INBOX, 'fault', { width: 640 }],
  [COHORT, 'cohort-preview', { width: 640 }],
  [COHORT, 'cohort-past', { theme: 'dark', width: 280, dir: 'rtl' }],
  [RESULTS, 'results-few', { width: 900 }],
  [RESULTS, 'results-compare', { theme: 'dark' }],
];

const TREES: Record<ElementName, readonly string[]> = {
  [PANEL]: [
    'loading',
    'not-invited',
    'inviting',
    'invite-failed',
    'invited',
    'invited-by-evalon',
    'no-clipboard',
    'scoring',
    'checking',
    'completed-unfolded',
    'compared',
    'completed-sparse',
    'completed-odd',
    'expired',
    'other-type',
    'several-projects',
    'elsewhere',
    'reader',
    'denied',
    'fault',
    'offline',
    'no-assessments',
    'environment',
    'arabic',
  ],
  [BUTTON]: ['loading', 'not-invited', 'inviting', 'invited', 'expired', 'denied', 'fault'],
  [CHIP]: ['loading', 'not-invited', 'invited', 'checking', 'completed', 'declined', 'denied', 'fault'],
  [SCORECARD]: ['loading', 'scoring', 'completed', 'result-failed', 'gone', 'incomplete'],
  [RESULTS]: ['results-empty', 'results-few', 'results-open', 'results-compare'],
  [COHORT]: ['cohort-start', 'cohort-preview', 'cohort-running', 'cohort-finished'],
  [INBOX]: ['loading', 'inbox-empty', 'inbox-news', 'inbox-many', 'fault', 'offline'],
};

test.describe.configure({ mode: 'parallel' });

let gallery: Gallery;

test.beforeAll(async ({ browser }) => {
  gallery = await openGallery(browser, { testFont: true });
});
test.afterAll(() => gallery?.close());

test.describe('the picture of', () => {
  for (const [element, id, { theme = 'light', width = 420, dir = 'ltr' } = {}] of PICTURES) {
    const name = `${element}.${id}.${theme}.${width}.${dir}`;
    test(`${name} is unchanged`, async () => {
      const shown = await gallery.showStory({ ...findStory(element, id), theme, width, dir });
      await expect(shown).toHaveScreenshot(`${name}.png`);
    });
  }
});

test.describe('the accessibility tree of', () => {
  for (const [element, ids] of Object.entries(TREES)) {
    for (const id of ids) {
      test(`${element} in ${id} is unchanged`, async () => {
        const shown = await gallery.showStory(findStory(element, id));
        await expect(shown).toMatchAriaSnapshot({ name: `${element}.${id}.aria.yml` });
      });
    }
  }
});
