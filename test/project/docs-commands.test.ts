/** The documentation's commands, settings and code have a valid syntax, and their names and values are correct. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../proxy/config/config.ts';
import { readCodeBlocks } from '../support/code-blocks.ts';
import { PRODUCTION } from '../support/settings.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].map((path) => path.replaceAll('\\', '/'));
const SCRIPTS = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;

/** Settings that write-back needs. The pages about write-back leave them out, because another page describes them. */
const CONNECTED_ATS = { ATS_GREENHOUSE_CLIENT_ID: 'the-id', ATS_GREENHOUSE_CLIENT_SECRET: 'the-secret' };

const listBlocks = (...languages: string[]) =>
  PAGES.flatMap((page) =>
    languages.flatMap((language) => readCodeBlocks(page, language).map((code) => ({ page, code }))),
  );
const isInstalled = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

describe('the documentation', () => {
  it('names npm scripts that exist', () => {
    const missing = PAGES.flatMap((page) =>
      [...readFileSync(join(ROOT, page), 'utf8').matchAll(/npm run (?:--silent |-s )?([\w:-]+)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !(name in SCRIPTS))
        .map((name) => `${page}: npm run ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  it('runs entry points and copies files that exist', () => {
    const blocks = listBlocks('sh', 'cron');
    const paths = blocks.flatMap(({ code }) => code.match(/(?<![\w/])(?:deploy|dist\/proxy)\/[\w./-]+\.\w+/g) ?? []);
    assert.ok(paths.length > 3);
    const missing = paths
      // Looks for the source of a file in dist/, because a test may run before a build.
      .map((path) => path.replace(/^dist\/(.*)\.js$/, '$1.ts'))
      // The quick start creates `proxy.env`.
      .filter((path) => !existsSync(join(ROOT, path)) && path !== 'deploy/compose/proxy.env');
    assert.deepEqual(missing, []);
  });

  it('has shell commands without syntax errors', {
    skip: isInstalled('bash') ? false : 'bash is not installed',
  }, () => {
    for (const { page, code } of listBlocks('sh')) {
      const { status, stderr } = spawnSync('bash', ['-n'], {
        // Removes the brackets of placeholders, which bash would read as redirections.
        input: code.replaceAll(/<(\w+)>/g, '$1'),
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${page}: ${stderr}`);
    }
  });

  it('has settings that the proxy accepts', {
    skip: process.platform === 'win32' ? 'Windows has no sh' : false,
  }, () => {
    // Skips blocks that show only a part of a setting, and docs/sign-in.md, which has its own test.
    const blocks = listBlocks('sh').filter(
      ({ page, code }) => /^export /m.test(code) && !/…|^# in ATS_HTTP/.test(code) && page !== 'docs/sign-in.md',
    );
    assert.ok(blocks.length > 6);
    for (const { page, code } of blocks) {
      const output = execFileSync('sh', ['-ec', `${code}\nenv -0`], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], ...PRODUCTION, ...CONNECTED_ATS },
      });
      const settings = Object.fromEntries(output.split('\0').map((line) => line.split(/=(.*)/s, 2)));
      assert.doesNotThrow(() => readConfig(settings), page);
    }
  });

  it('has valid JSON', () => {
    for (const { page, code } of listBlocks('json')) assert.doesNotThrow(() => JSON.parse(code), page);
  });

  it('has JavaScript without syntax errors', () => {
    for (const { page, code } of listBlocks('js')) {
      const { status, stderr } = spawnSync(process.execPath, ['--check', '--input-type=module', '-'], {
        input: code,
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${page}: ${stderr}`);
    }
  });

  it('has Python without syntax errors', { skip: isInstalled('python3') ? false : 'Python is not installed' }, () => {
    for (const { page, code } of listBlocks('python')) {
      const { status, stderr } = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], {
        input: code,
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${page}: ${stderr}`);
    }
  });

  it('has Ruby without syntax errors', { skip: isInstalled('ruby') ? false : 'Ruby is not installed' }, () => {
    for (const { page, code } of listBlocks('ruby')) {
      const { status, stderr } = spawnSync('ruby', ['-c'], { input: code, encoding: 'utf8' });
      assert.equal(status, 0, `${page}: ${stderr}`);
    }
  });
});
