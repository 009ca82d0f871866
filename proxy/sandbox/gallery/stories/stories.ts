/** All stories in display order: the single source for the gallery, its tests and its screenshots. */
import { ELEMENT_ATTRIBUTES, type ElementName, type ElementStory, type Story } from '../story.ts';
import { ATS_WRITE_STORIES } from './ats-writes.ts';
import { COHORT_STORIES } from './cohort.ts';
import { ERROR_STORIES } from './errors.ts';
import { HANDOVER_STORIES } from './handovers.ts';
import { INBOX_STORIES } from './inbox.ts';
import { JOURNEY_STORIES } from './journey.ts';
import { RESULTS_STORIES } from './results.ts';
import { TEXT_STORIES } from './texts.ts';

export const STORIES: readonly Story[] = [
  ...JOURNEY_STORIES,
  ...HANDOVER_STORIES,
  ...ATS_WRITE_STORIES,
  ...COHORT_STORIES,
  ...RESULTS_STORIES,
  ...INBOX_STORIES,
  ...ERROR_STORIES,
  ...TEXT_STORIES,
];

/** Every element in each of its stories. */
export const ELEMENT_STORIES: readonly ElementStory[] = (Object.keys(ELEMENT_ATTRIBUTES) as ElementName[]).flatMap(
  (element) => STORIES.filter(({ elements }) => elements.includes(element)).map((story) => ({ element, story })),
);
