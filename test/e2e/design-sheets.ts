/** Takes the pictures of docs/design.md: contact sheets of gallery stories. */
import type { Browser } from '@playwright/test';
import { BUTTON, CHIP, type ElementName, PANEL } from '../../proxy/sandbox/gallery/story.ts';
import type { StoryVariant } from '../../proxy/sandbox/gallery/story-page.ts';
import { findStory, MARGIN_PX, openGallery } from '../support/gallery.ts';

type Picture = [element: ElementName, storyId: string, variant?: Partial<StoryVariant>];

interface Sheet {
  /** The width of the sheet's image, in CSS pixels. */
  width: number;
  pictures: Picture[];
}

const PANEL_STORY_IDS = [
  'loading',
  'not-invited',
  'several-offers',
  'inviting',
  'invited',
  'started',
  'compared',
  'expired',
  'still-ended',
  'offline',
  'environment',
  'invite-failed',
];

const CHIP_STORY_IDS = [
  'not-invited',
  'invited',
  'opened',
  'started',
  'submitted',
  'scoring',
  'completed',
  'expired',
  'cancelled',
  'declined',
  'failed',
  'checking',
  'denied',
  'signed-out',
  'unreachable',
  'loading',
];

const THEMES = ['light', 'dark'] as const;

/** The space between the pictures of a sheet. */
const GAP_PX = 16;
/** The width of an element that has no `width` in its variant. */
const DEFAULT_WIDTH_PX = 420;

/** Returns the width of the picture of an element. */
const getPictureWidth = (elementWidth: number) => elementWidth + 2 * MARGIN_PX;

const SHEETS: Record<string, Sheet> = {
  panel: {
    width: 4 * (getPictureWidth(DEFAULT_WIDTH_PX) + GAP_PX),
    pictures: THEMES.flatMap((theme) => PANEL_STORY_IDS.map((id): Picture => [PANEL, id, { theme }])),
  },
  widths: {
    width: getPictureWidth(900) + GAP_PX + getPictureWidth(280),
    pictures: [
      [PANEL, 'completed-unfolded', { width: 900 }],
      [PANEL, 'invited', { width: 280 }],
      [PANEL, 'completed-unfolded', { width: 900, theme: 'dark' }],
      [PANEL, 'compared', { width: 280, theme: 'dark' }],
      [PANEL, 'compared', { width: 900, dir: 'rtl' }],
      [BUTTON, 'not-invited', { width: 280 }],
    ],
  },
  statuses: {
    width: 4 * (getPictureWidth(280) + GAP_PX),
    pictures: THEMES.flatMap((theme) => CHIP_STORY_IDS.map((id): Picture => [CHIP, id, { theme, width: 280 }])),
  },
};

const SHEET_STYLES = `body {
  margin: 0; display: flex; flex-wrap: wrap; align-items: flex-start; gap: ${GAP_PX}px; background: #8c8f96
}`;

/** @returns each sheet as a PNG, by name. */
export async function shootDesignSheets(browser: Browser): Promise<Map<string, Buffer>> {
  const gallery = await openGallery(browser);
  const sheets = new Map<string, Buffer>();
  try {
    for (const [name, { width, pictures }] of Object.entries(SHEETS)) {
      const shots: Buffer[] = [];
      for (const [element, id, variant] of pictures) {
        await gallery.showStory({ ...findStory(element, id), ...variant });
        shots.push(await gallery.page.locator('main').screenshot());
      }
      sheets.set(name, await composeSheet(browser, shots, width));
    }
  } finally {
    await gallery.close();
  }
  return sheets;
}

async function composeSheet(browser: Browser, shots: Buffer[], width: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width, height: 100 } });
  const images = shots.map((shot) => `<img src="data:image/png;base64,${shot.toString('base64')}">`);
  await page.setContent(`<style>${SHEET_STYLES}</style>${images.join('')}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  const sheet = await page.screenshot({ fullPage: true });
  await page.close();
  return sheet;
}
