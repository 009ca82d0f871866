/**
 * `npm test`: the checks, then every part of test/ whose files are there; the last line sums them up. After `--`, names
 * of parts (check, project, proxy, fuzz, widget, e2e) or paths of test files choose what is run.
 */
import { join } from 'node:path';
import { findBrowser, findFullBrowser, NO_BROWSER_MESSAGE } from '../test/support/browser.ts';
import { runChecks } from './checks.ts';
import { prepare } from './product.ts';
import { testFiles } from './testing/files.ts';
import { runInNode } from './testing/node.ts';
import { sum, type Tally } from './testing/tally.ts';
import { ROOT } from './tool.ts';

// Hundreds of processes load the same modules.
process.env['NODE_COMPILE_CACHE'] ??= join(ROOT, 'node_modules/.cache/node');

const NODE_PARTS = ['project', 'proxy', 'fuzz', 'e2e'] as const;
const PARTS: readonly string[] = ['check', 'widget', ...NODE_PARTS];

const asked = process.argv.slice(2);
const askedParts = asked.filter((word) => PARTS.includes(word));
const askedFiles = asked.filter((word) => !PARTS.includes(word));

function isDue(part: string): boolean {
  return asked.length === 0 || askedParts.includes(part);
}

/** Files of a part that was asked for, or files of it that were asked for by path. */
function filesOf(part: string): string[] {
  if (isDue(part)) return testFiles(part);
  return askedFiles.length ? testFiles(part, askedFiles) : [];
}

function title(text: string): void {
  process.stdout.write(`\n── ${text}\n`);
}

/** A part with files in which nothing ran has failed. */
function notEmpty(part: string, tally: Tally): Tally {
  if (tally.passed + tally.failed + tally.skipped > 0) return tally;
  process.stdout.write(`✖ test/${part} has files, but no test ran in them\n`);
  return { ...tally, failed: 1 };
}

const tallies: Tally[] = [];

if (isDue('check')) {
  title('check');
  for (const ok of await runChecks()) tallies.push({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

const files = Object.fromEntries([...NODE_PARTS, 'widget'].map((part) => [part, filesOf(part)]));
const has = (part: string) => (files[part] ?? []).length > 0;

const needsBrowser = has('widget') || has('e2e');
const browser = needsBrowser ? await findBrowser() : null;
process.env['TEST_BROWSER'] = browser?.executablePath ?? 'none';
const wholeBrowser = has('e2e') ? await findFullBrowser() : null;
process.env['TEST_WHOLE_BROWSER'] = wholeBrowser?.executablePath ?? 'none';
if (files['project']?.length || needsBrowser) await prepare();

for (const part of NODE_PARTS) {
  if (!has(part)) continue;
  title(`test/${part}`);
  tallies.push(notEmpty(part, await runInNode(files[part] ?? [], part === 'proxy' ? 5 : 2)));
}

if (has('widget')) {
  title('test/widget');
  const { runInBrowser } = await import('./testing/web.ts');
  const widget = files['widget'] ?? [];
  if (browser) tallies.push(notEmpty('widget', await runInBrowser(widget, browser)));
  else {
    for (const file of widget) process.stdout.write(`SKIPPED ${file}: ${NO_BROWSER_MESSAGE}\n`);
    tallies.push({ passed: 0, failed: 0, skipped: widget.length });
  }
}

const { passed, failed, skipped } = sum(tallies);
if (!passed && !failed && !skipped) process.stdout.write('✖ nothing was found to run\n');
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed || !(passed + skipped) ? 1 : 0);
