/** End-to-end tests: the built widget and extension, a real proxy and a real browser. */
import { defineConfig } from '@playwright/test';
import { findBrowser, findFullBrowser } from '../support/browser.ts';

// The headless shell needs a third less CPU time than the full browser. Extensions need the full browser.
const [pageBrowser, extensionBrowser] = [await findBrowser(), await findFullBrowser()];
// Workers evaluate this file again, and use the browsers that the main process has found.
process.env['TEST_BROWSER'] = pageBrowser?.executablePath ?? 'none';
process.env['TEST_FULL_BROWSER'] = extensionBrowser?.executablePath ?? 'none';

/** The tag of tests that run only before a release. */
const RELEASE = /@release/;

/** Without hinting and subpixels, text is rendered alike on every machine. */
const STABLE_TEXT_ARGS = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  outputDir: '../../node_modules/.cache/playwright',
  globalSetup: './build.ts',
  workers: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: {
    // Two browsers on a slow machine need this long.
    timeout: 20_000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.005, threshold: 0.1, animations: 'disabled' },
  },
  reporter: [['list']],
  snapshotPathTemplate: '{testDir}/snapshots/{testFileName}/{arg}{ext}',
  // Playwright starts the files in this order, so the longest come first.
  projects: [
    {
      name: 'extension',
      testMatch: 'extension*.test.ts',
      grepInvert: RELEASE,
      use: { launchOptions: { ...extensionBrowser } },
    },
    {
      name: 'pages',
      testIgnore: ['extension*.test.ts', 'gallery-snapshots.test.ts'],
      grepInvert: RELEASE,
      use: { launchOptions: { ...pageBrowser } },
    },
    {
      name: 'snapshots',
      testMatch: 'gallery-snapshots.test.ts',
      grepInvert: RELEASE,
      use: { launchOptions: { ...pageBrowser, args: [...(pageBrowser?.args ?? []), ...STABLE_TEXT_ARGS] } },
    },
    // Some tests with the tag need the extension, so all use the full browser.
    { name: 'release', grep: RELEASE, use: { launchOptions: { ...extensionBrowser } } },
  ],
});
