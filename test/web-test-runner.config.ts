/** The elements in a real browser: sources unbundled, the proxy on another origin, as on an ATS's page. */
import { join } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import type { TestRunnerConfig } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import type { BrowserLaunchOptions } from './support/browser.ts';
import { readBody } from './support/evalon/body.ts';
import type { TestAddresses } from './support/test-addresses.ts';
import { mintToken, type TokenClaims } from './support/token.ts';

interface Options extends Omit<TestAddresses, 'tokenUrl'> {
  files: string[];
  browser: BrowserLaunchOptions;
  port: number;
}

const ROOT = join(import.meta.dirname, '..');
const TOKEN_PATH = '/__test__/token';
/** An empty page of this origin, whose address may become any other. */
const BLANK_PATH = '/__test__/blank';

export function webTestRunnerConfig({ files, browser, port, proxyUrl, evalonUrl }: Options): TestRunnerConfig {
  const addresses: TestAddresses = { proxyUrl, evalonUrl, tokenUrl: `http://127.0.0.1:${port}${TOKEN_PATH}` };
  return {
    rootDir: ROOT,
    files,
    hostname: '127.0.0.1',
    port,
    nodeResolve: true,
    // One Evalon serves all files, and a test may make it misbehave.
    concurrency: 1,
    browsers: [
      playwrightLauncher({
        product: 'chromium',
        launchOptions: { executablePath: browser.executablePath, args: browser.args },
      }),
    ],
    plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(ROOT, 'widget/tsconfig.json') })],
    middleware: [
      (context, next) => {
        if (context.path !== BLANK_PATH) return next();
        context.type = 'html';
        context.body = '<!doctype html><title>ATS</title><body></body>';
      },
      async (context, next) => {
        if (context.path !== TOKEN_PATH) return next();
        const claims = ((await readBody(context.req)) ?? {}) as TokenClaims;
        context.body = { token: await mintToken(claims) };
      },
    ],
    filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
    testFramework: { config: { timeout: '15000' } },
    testsFinishTimeout: 120_000,
    testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Tests</title>
    <script>window.__test__ = ${JSON.stringify(addresses)};</script>
  </head>
  <body>
    <script type="module" src="${framework}"></script>
  </body>
</html>`,
  };
}
