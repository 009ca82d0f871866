/**
 * `web-ext lint`, Mozilla's own linter, accepts the build for Firefox. npm downloads it for this test, because its 300
 * packages would be a burden for `npm ci`. Skipped if the registry does not respond.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildUnpackedExtension } from '../../support/extension.ts';

const WEB_EXT = 'web-ext@10.7.0';
const TIMEOUT_MS = 240_000;
/** Lit writes its templates through a Trusted Types policy, as the extension's content security policy requires. */
const KNOWN_WARNINGS = ['UNSAFE_VAR_ASSIGNMENT chunk-lit.js'];

interface Finding {
  code: string;
  file?: string;
}

interface Report {
  errors: Finding[];
  notices: Finding[];
  warnings: Finding[];
}

/** Returns the linter's report, or npm's message if npm could not download the linter. */
async function lint(folder: string): Promise<Report | string> {
  const lintArgs = ['lint', '--output', 'json', '--source-dir', folder];
  const args = ['exec', '--yes', '--prefer-offline', `--package=${WEB_EXT}`, '--', 'web-ext', ...lintArgs];
  const npm = process.env['npm_execpath'];
  const [command, commandArgs] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  return new Promise((resolve) => {
    execFile(command, commandArgs, { timeout: TIMEOUT_MS }, (_error, output, npmMessage) => {
      resolve(output.startsWith('{') ? JSON.parse(output) : npmMessage);
    });
  });
}

test('web-ext lint finds nothing in the build for Firefox, apart from how Lit writes its templates', async (context) => {
  const { folder, remove } = await buildUnpackedExtension('', 'firefox');
  context.after(remove);
  const report = await lint(folder);
  if (typeof report === 'string') {
    console.log(`SKIPPED web-ext lint: npm could not download ${WEB_EXT}: ${report}`);
    context.skip(`npm could not download ${WEB_EXT}`);
    return;
  }
  assert.deepEqual([report.errors, report.notices], [[], []]);
  const warnings = report.warnings.map(({ code, file = '' }) => `${code} ${file}`);
  assert.deepEqual(warnings, KNOWN_WARNINGS);
  const { content_security_policy: policies } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  assert.match(policies.extension_pages, /require-trusted-types-for 'script'; trusted-types evalon-widget/);
});
