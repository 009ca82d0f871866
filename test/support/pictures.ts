/**
 * Pictures of the gallery with every letter a box, and the choice of them: twenty exhibits, each in every width, with
 * themes and directions dealt out so that any two of an exhibit, a theme, a width and a direction meet in some picture.
 */
import { join } from 'node:path';
import { decode } from 'fast-png';
import pixelmatch from 'pixelmatch';
import {
  BUTTON,
  CHIP,
  DIRECTIONS,
  type ElementName,
  INBOX,
  PANEL,
  SCORECARD,
  THEMES,
  WIDTHS_PX,
} from '../../proxy/sandbox/gallery/story.ts';
import { ELEMENT_STORIES, findStory, type Gallery, mapStories, type StoryOptions } from './gallery.ts';
import { snapshotLayout } from './layout-snapshot.ts';

const CHOSEN: Record<ElementName, readonly string[]> = {
  [PANEL]: [
    'not-invited',
    'inviting',
    'invite-failed',
    'invited',
    'completed-unfolded',
    'completed-odd',
    'compared',
    'elsewhere',
    'expired',
  ],
  [BUTTON]: ['not-invited', 'invited', 'evalon-busy'],
  [CHIP]: ['invited', 'completed'],
  [SCORECARD]: ['completed', 'result-failed', 'long-result'],
  [INBOX]: ['inbox-empty', 'inbox-news', 'fault'],
};

/** For a browser that paints letters alike wherever it runs. */
export const STABLE_RENDERING_ARGS = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];

const [LIGHT, DARK] = THEMES;
const [LTR, RTL] = DIRECTIONS;

/** At most eighty: more would be looked at by nobody. */
export const SCREENSHOT_STORIES: readonly Required<StoryOptions>[] = Object.entries(CHOSEN)
  .flatMap(([element, states]) => states.map((state) => findStory(element, state)))
  .flatMap((one, index) =>
    WIDTHS_PX.map((width, column) => ({
      ...one,
      width,
      theme: (index + column) % 2 ? DARK : LIGHT,
      dir: (Math.floor(index / 2) + Math.floor(column / 2)) % 2 ? RTL : LTR,
    })),
  );

/** Every exhibit once, for its boxes and colours: themes, widths and directions go round. */
export const LAYOUT_STORIES: readonly Required<StoryOptions>[] = ELEMENT_STORIES.map((one, index) => ({
  ...one,
  theme: index % 2 ? DARK : LIGHT,
  width: WIDTHS_PX[Math.floor(index / 2) % WIDTHS_PX.length] ?? WIDTHS_PX[0],
  dir: Math.floor(index / 8) % 2 ? RTL : LTR,
}));

export function storyName({ element, story, theme, width, dir }: Required<StoryOptions>): string {
  return `${element}.${story.id}.${theme}.${width}.${dir}`;
}

const FOLDER = join(import.meta.dirname, '../e2e');
export const LAYOUT_SNAPSHOT_FILE = join(FOLDER, 'looks.txt');
export const SCREENSHOT_FOLDER = join(FOLDER, 'pictures');

/** The file of a picture as it is kept. */
export function screenshotPath(shown: Required<StoryOptions>): string {
  return join(SCREENSHOT_FOLDER, `${storyName(shown)}.png`);
}

/** How these exhibits look, a text each that begins with its name. */
export function snapshotLayouts(
  galleries: readonly Gallery[],
  shown: readonly Required<StoryOptions>[],
): Promise<string[]> {
  return mapStories(galleries, shown, async (gallery, one) => {
    const element = await gallery.showStory(one);
    return `# ${storyName(one)}\n${(await element.evaluate(snapshotLayout)).join('\n')}\n`;
  });
}

/** The picture as PNG. */
export async function takeScreenshot(gallery: Gallery, shown: Required<StoryOptions>): Promise<Buffer> {
  const element = await gallery.showStory(shown);
  return element.screenshot({ animations: 'disabled', caret: 'hide' });
}

/** A colour is another one from here on, as a distance in OKLab: below it the eye sees none. */
const COLOUR = 0.02;
/** Pixels a side of a window, and how many in it may differ: edges are smoothed differently here and there. */
const WINDOW = 8;
const STRAY = 4;

/** Whether two pictures differ by more than how a browser smooths edges. */
export function diffScreenshots(kept: Uint8Array, now: Uint8Array): string | undefined {
  const [before, after] = [decode(kept), decode(now)];
  const [size, sizeBefore] = [after, before].map(({ width, height }) => `${width} by ${height}`);
  if (size !== sizeBefore) return `${sizeBefore} became ${size}`;
  const [a, b] = [before, after].map(rgba);
  if (!a || !b) return 'not a picture';
  const stray = pixelmatch(a, b, null, after.width, after.height, { threshold: COLOUR, windowSize: WINDOW });
  return stray > STRAY ? `${stray} pixels of ${WINDOW} by ${WINDOW} differ` : undefined;
}

function rgba({ data, channels, width, height }: ReturnType<typeof decode>): Uint8Array {
  if (channels === 4) return Uint8Array.from(data);
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) pixels.set(data.subarray(at * channels, at * channels + 3), at * 4);
  return pixels;
}
