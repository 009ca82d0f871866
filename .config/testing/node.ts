/** Test files that run in Node, each in a process of its own. */
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { ROOT } from '../tool.ts';
import type { Tally } from './tally.ts';

/** Milliseconds until a test has failed. */
const TEST_LIMIT = 120_000;

/** @param timeout milliseconds until a file has failed. */
export async function runInNode(files: string[], concurrency: number, timeout = TEST_LIMIT): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const events = run({ cwd: ROOT, files, concurrency, timeout });
  events.on('test:pass', ({ name, skip, todo, details }) => {
    if (details.type === 'suite') return;
    if (files.includes(name)) fileWithoutTests(name);
    else if (skip !== undefined || todo !== undefined) tally.skipped += 1;
    else tally.passed += 1;
  });
  events.on('test:fail', ({ todo, details }) => {
    if (details.type === 'suite' && failureType(details.error) === 'subtestsFailed') return;
    if (todo !== undefined) tally.skipped += 1;
    else tally.failed += 1;
  });

  function fileWithoutTests(file: string): void {
    process.stdout.write(`✖ ${file} has no test\n`);
    tally.failed += 1;
  }

  for await (const text of events.compose(spec)) process.stdout.write(text as string);
  return tally;
}

/** Why a test failed, as Node's runner tells it beside the type it declares. */
function failureType(error: Error): unknown {
  return (error as { failureType?: unknown }).failureType;
}
