/** What a screen reader is told of the main states, as text that is kept beside the tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUTTON, CHIP, type ElementName, INBOX, PANEL, SCORECARD } from '../../proxy/sandbox/gallery/story.ts';
import { exhibit, type Gallery, lookAt } from './gallery.ts';

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

export const TREES = join(import.meta.dirname, '../e2e/trees.txt');

/** The trees as they are kept. */
export function keptTrees(): string {
  return readFileSync(TREES, 'utf8');
}

/** The trees as they are now. */
export async function treesOf(galleries: readonly Gallery[]): Promise<string> {
  const exhibits = Object.entries(MAIN).flatMap(([element, states]) => states.map((state) => exhibit(element, state)));
  const trees = await lookAt(galleries, exhibits, async (gallery, one) => {
    const shown = await gallery.show(one);
    return `# ${one.element}, ${one.state.id}\n${await shown.ariaSnapshot()}\n`;
  });
  return trees.join('\n');
}
