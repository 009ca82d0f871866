/** Playwright Test with a cleanup list for servers. Skips every test if the machine has no browser. */
import { test as base, type TestDetails } from '@playwright/test';
import { NO_BROWSER_MESSAGE } from '../support/browser.ts';

export { type BrowserContext, expect, type Frame, type Locator, type Page } from '@playwright/test';

/** Collects functions that run in reverse order at the end of a test or file. */
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
  // An automatic fixture ends after the other fixtures. So the browser closes its connections before the servers end.
  cleanup: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this parameter
    async ({}, use) => {
      const ends: (() => unknown)[] = [];
      await use({ after: (end) => void ends.push(end) });
      for (const end of ends.reverse()) await end();
    },
    { auto: true },
  ],
});

/** Returns a cleanup list that runs after all tests of a file. */
export function createFileCleanup(): Cleanup {
  const ends: (() => unknown)[] = [];
  test.afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });
  return { after: (end) => void ends.push(end) };
}

/** Returns each size with the options of its test: `npm test` runs `short`, and `npm run test:release` runs `full`. */
export function inShortAndFullRun<Size>(short: Size, full: Size): [Size, TestDetails][] {
  return [
    [short, {}],
    [full, { tag: '@release' }],
  ];
}

/** Returns the options of a test. `npm test` runs the test if the condition is true, else `npm run test:release`. */
export const inShortRunIf = (condition: boolean): TestDetails => (condition ? {} : { tag: '@release' });
