/**
 * No story cuts off its text in the pseudo-languages `long` and `mirrored`. In `mirrored`, every story reads right to
 * left.
 */
import { BUTTON, CHIP, COHORT, INBOX, PANEL, RESULTS, SCORECARD } from '../../proxy/sandbox/gallery/story.ts';
import { ELEMENT_STORIES, findStory, openGallery } from '../support/gallery.ts';
import { findLayoutFaults } from '../support/layout-check.ts';
import { expect, inShortAndFullRun, test } from './fixtures.ts';

/** Enough to check all stories. */
const TIMEOUT_MS = 600_000;
const NARROW_PX = 280;

const MAIN_STORIES = [
  findStory(PANEL, 'several-offers'),
  findStory(PANEL, 'invited'),
  findStory(PANEL, 'completed-unfolded'),
  findStory(PANEL, 'expired'),
  findStory(PANEL, 'environment'),
  findStory(BUTTON, 'invited'),
  findStory(CHIP, 'denied'),
  findStory(SCORECARD, 'completed-unfolded'),
  findStory(INBOX, 'inbox-news'),
  findStory(RESULTS, 'results-few'),
  findStory(RESULTS, 'results-compare'),
  findStory(COHORT, 'cohort-preview'),
  findStory(COHORT, 'cohort-finished'),
];

for (const [{ which, stories }, testOptions] of inShortAndFullRun(
  { which: 'the main stories', stories: MAIN_STORIES },
  { which: 'all stories', stories: ELEMENT_STORIES },
)) {
  test(`${which} cut off no text that is 40 % longer, at 280 px`, testOptions, async ({ browser, cleanup }) => {
    test.setTimeout(TIMEOUT_MS);
    const gallery = await openGallery(browser);
    cleanup.after(() => gallery.close());
    for (const entry of stories) {
      const element = await gallery.showStory({ ...entry, width: NARROW_PX, language: 'long' });
      const faults = await element.evaluate(findLayoutFaults, { width: NARROW_PX });
      expect.soft(faults, `${entry.element} ${entry.story.id}`).toEqual([]);
    }
  });

  test(`${which} cut off no text that reads right to left, at 280 px`, testOptions, async ({ browser, cleanup }) => {
    test.setTimeout(TIMEOUT_MS);
    const gallery = await openGallery(browser);
    cleanup.after(() => gallery.close());
    for (const entry of stories) {
      const element = await gallery.showStory({ ...entry, width: NARROW_PX, language: 'mirrored' });
      await expect(element).toHaveAttribute('dir', 'rtl');
      const faults = await element.evaluate(findLayoutFaults, { width: NARROW_PX });
      expect.soft(faults, `${entry.element} ${entry.story.id}`).toEqual([]);
    }
  });
}
