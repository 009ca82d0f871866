/** Runs test files inside a soak run. */
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const ROOT = join(import.meta.dirname, '../..');

/** Runs all matching files without a time limit. */
export async function runTests(pattern: string, concurrency: number): Promise<{ passed: number; failed: number }> {
  const result = { passed: 0, failed: 0 };
  const events = run({ cwd: ROOT, globPatterns: [pattern], concurrency, timeout: Number.POSITIVE_INFINITY });
  events.on('test:summary', ({ file, counts }) => {
    // Each file has its own summary. The summary without a file is that of the whole run.
    if (file === undefined)
      Object.assign(result, {
        passed: counts.passed,
        failed: counts.tests - counts.passed - counts.skipped - counts.todo,
      });
  });
  for await (const text of events.compose(spec)) process.stdout.write(text as string);
  return result;
}
