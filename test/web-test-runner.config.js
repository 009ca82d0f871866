/** Runs test/widget in a browser: unbundled sources, with the proxy on another origin, as in an ATS. */
import { join } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { buildIfStale } from '../.config/build.ts';
import { findBrowser, NO_BROWSER_MESSAGE } from './support/browser.ts';
import { createWidgetTestServer } from './support/widget-test-server.ts';

const browser = await findBrowser();
if (!browser) {
  process.stdout.write(`SKIPPED test/widget: ${NO_BROWSER_MESSAGE}\n`);
  process.exit(0);
}

await buildIfStale();
const { plugins, ...server } = createWidgetTestServer();

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...server,
  rootDir: join(import.meta.dirname, '..'),
  files: 'test/widget/**/*.test.ts',
  hostname: '127.0.0.1',
  nodeResolve: true,
  concurrency: 2,
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions: browser })],
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(import.meta.dirname, '../widget/tsconfig.json') }),
    ...plugins,
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  testFramework: { config: { timeout: '15000' } },
  testsFinishTimeout: 120_000,
};
