/** Playwright Test with a cleanup list for servers, and every test skipped by name if no browser can be had. */
import { test as base } from '@playwright/test';
import { NO_BROWSER_MESSAGE } from '../support/browser.ts';

export { type BrowserContext, expect, type Frame, type Locator, type Page } from '@playwright/test';

/** Collects what ends with the test. It runs in reverse order. */
export interface Cleanup {
  after(end: () => unknown): void;
}

export const test = base.extend<{ cleanup: Cleanup; requireBrowser: undefined }>({
  requireBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this parameter
    async ({}, use, { project }) => {
      test.skip(!project.use.launchOptions?.executablePath, NO_BROWSER_MESSAGE);
      await use(undefined);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this parameter
  cleanup: async ({}, use) => {
    const ends: (() => unknown)[] = [];
    await use({ after: (end) => void ends.push(end) });
    for (const end of ends.reverse()) await end();
  },
});

/** Collects what ends after all tests of a file. */
export function createFileCleanup(): Cleanup {
  const ends: (() => unknown)[] = [];
  test.afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });
  return { after: (end) => void ends.push(end) };
}
