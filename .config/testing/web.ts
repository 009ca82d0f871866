/** Test files that run in the browser, beside a test Evalon and the real proxy. */
import { startTestRunner, summaryReporter, type TestRunner, type TestSuiteResult } from '@web/test-runner';
import type { BrowserLaunchOptions } from '../../test/support/browser.ts';
import { startEvalon } from '../../test/support/evalon.ts';
import { findFreePort, startProxy } from '../../test/support/proxy.ts';
import { webTestRunnerConfig } from '../../test/web-test-runner.config.ts';
import { sum, type Tally } from './tally.ts';

export async function runInBrowser(files: string[], browser: BrowserLaunchOptions): Promise<Tally> {
  const port = await findFreePort();
  const evalon = await startEvalon();
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: `http://127.0.0.1:${port}` });
  try {
    const config = webTestRunnerConfig({ files, browser, port, proxyUrl: proxy.url, evalonUrl: evalon.url });
    const runner = await startTestRunner({
      config: { ...config, reporters: [summaryReporter({ flatten: false, reportTestErrors: true })] },
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
    });
    if (!runner) return { passed: 0, failed: 1, skipped: 0 };
    await new Promise((resolve) => runner.on('finished', resolve));
    const tally = tallyOf(runner);
    await runner.stop();
    return tally;
  } finally {
    await proxy.close();
    await evalon.close();
  }
}

/** A file that failed as a whole, such as one that could not be loaded, counts as one. */
function tallyOf(runner: TestRunner): Tally {
  return sum(
    [...runner.sessions.all()].map(({ testResults, errors, passed }) => {
      const tally = testResults ? tallyOfSuite(testResults) : { passed: 0, failed: 0, skipped: 0 };
      const brokeAsAWhole = !passed && tally.failed === 0;
      return errors.length || brokeAsAWhole ? { ...tally, failed: tally.failed + 1 } : tally;
    }),
  );
}

function tallyOfSuite({ suites, tests }: TestSuiteResult): Tally {
  return sum([
    ...suites.map(tallyOfSuite),
    ...tests.map(({ passed, skipped }) => ({
      passed: passed && !skipped ? 1 : 0,
      failed: passed || skipped ? 0 : 1,
      skipped: skipped ? 1 : 0,
    })),
  ]);
}
