/** What a screen reader is told of the main states, as text that is kept beside the tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUTTON, CHIP, type ElementName, PANEL, SCORECARD } from '../../proxy/sandbox/gallery/state.ts';
import { exhibit, type Gallery } from './gallery.ts';

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
    'completed-sparse',
    'completed-odd',
    'expired',
    'other-type',
    'several-projects',
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
};

export const TREES = join(import.meta.dirname, '../e2e/trees.txt');

/** The trees as they are kept. */
export function keptTrees(): string {
  return readFileSync(TREES, 'utf8');
}

/** The trees as they are now. */
export async function treesOf(gallery: Gallery): Promise<string> {
  const trees: string[] = [];
  for (const [element, states] of Object.entries(MAIN)) {
    for (const state of states) {
      const shown = await gallery.show(exhibit(element, state));
      trees.push(`# ${element}, ${state}\n${await shown.ariaSnapshot()}\n`);
    }
  }
  return trees.join('\n');
}
