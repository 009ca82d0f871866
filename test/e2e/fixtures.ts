/** Playwright Test with a cleanup list for servers. Skips every test if the machine has no browser. */
import { test as base, type TestDetails } from '@playwright/test';
import { NO_BROWSER_MESSAGE } from '../support/browser.ts';

export { type BrowserContext, expect, type Frame, type Locator, type Page } from '@playwright/test';

/** Collects tasks that run in reverse order after a test or file. */
export interface Cleanup {
  after(task: () => unknown): void;
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
      const tasks: (() => unknown)[] = [];
      await use({ after: (task) => void tasks.push(task) });
      for (const task of tasks.reverse()) await task();
    },
    { auto: true },
  ],
});

/** Returns a cleanup list that runs after all tests of a file. */
export function createFileCleanup(): Cleanup {
  const tasks: (() => unknown)[] = [];
  test.afterAll(async () => {
    for (const task of tasks.reverse()) await task();
  });
  return { after: (task) => void tasks.push(task) };
}

/** Returns two variants of a test, each with its options: `npm test` runs `short`, `npm run test:release` runs `full`. */
export function inShortAndFullRun<Variant>(short: Variant, full: Variant): [Variant, TestDetails][] {
  return [
    [short, {}],
    [full, { tag: '@release' }],
  ];
}

/** Returns the options of a test. `npm test` runs the test if the condition is true, else `npm run test:release`. */
export const inShortRunIf = (condition: boolean): TestDetails => (condition ? {} : { tag: '@release' });
