/** What a screen reader is told of the main states, as text that is kept beside the tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUTTON, CHIP, type ElementName, INBOX, PANEL, SCORECARD } from '../../proxy/sandbox/gallery/story.ts';
import { findStory, type Gallery, mapStories } from './gallery.ts';

const MAIN: Record<ElementName, readonly string[]> = {
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
  [INBOX]: ['loading', 'inbox-empty', 'inbox-news', 'inbox-many', 'fault', 'offline'],
};

export const ARIA_SNAPSHOT_FILE = join(import.meta.dirname, '../e2e/trees.txt');

/** The trees as they are kept. */
export function readAriaSnapshot(): string {
  return readFileSync(ARIA_SNAPSHOT_FILE, 'utf8');
}

/** The trees as they are now. */
export async function takeAriaSnapshot(galleries: readonly Gallery[]): Promise<string> {
  const exhibits = Object.entries(MAIN).flatMap(([element, states]) =>
    states.map((state) => findStory(element, state)),
  );
  const trees = await mapStories(galleries, exhibits, async (gallery, one) => {
    const shown = await gallery.showStory(one);
    return `# ${one.element}, ${one.story.id}\n${await shown.ariaSnapshot()}\n`;
  });
  return trees.join('\n');
}
