/** Routes that tests in the browser need: their own Evalon and proxy, tokens, and a blank page. */
import type { TestRunnerConfig } from '@web/test-runner';
import { readBody } from './evalon/body.ts';
import { startEvalon } from './evalon.ts';
import { startProxy } from './proxy.ts';
import type { TestAddresses } from './test-addresses.ts';
import { mintToken, type TokenClaims } from './token.ts';

const SERVERS_PATH = '/__test__/servers';
const TOKEN_PATH = '/__test__/token';
const BLANK_PATH = '/__test__/blank';

type ServerParts = Required<Pick<TestRunnerConfig, 'middleware' | 'plugins' | 'testRunnerHtml'>>;

export function createWidgetTestServer(): ServerParts {
  const closers: (() => Promise<void>)[] = [];

  async function startServers(origin: string): Promise<TestAddresses> {
    const evalon = await startEvalon();
    const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: origin });
    closers.push(async () => {
      await proxy.close();
      await evalon.close();
    });
    return { proxyUrl: proxy.url, evalonUrl: evalon.url, tokenUrl: origin + TOKEN_PATH };
  }

  return {
    middleware: [
      async (context, next) => {
        if (context.path === SERVERS_PATH) context.body = await startServers(context.origin);
        else if (context.path === TOKEN_PATH) {
          context.body = { token: await mintToken(((await readBody(context.req)) ?? {}) as TokenClaims) };
        } else if (context.path === BLANK_PATH) {
          context.type = 'html';
          context.body = '<!doctype html><title>ATS</title><body></body>';
        } else await next();
      },
    ],
    plugins: [
      {
        name: 'widget-test-server',
        async serverStop() {
          await Promise.all(closers.map((close) => close()));
        },
      },
    ],
    // Each test file is a page, so each gets its own servers.
    testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Tests</title>
  </head>
  <body>
    <script type="module">
      window.__test__ = await (await fetch('${SERVERS_PATH}')).json();
      await import('${framework}');
    </script>
  </body>
</html>`,
  };
}
