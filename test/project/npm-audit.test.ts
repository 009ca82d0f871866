/** What ships has no known vulnerability of high severity, as far as the registry can be asked. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createTempFolder } from '../support/proxy.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Milliseconds that npm gets. */
const DEADLINE = 30_000;

const SEVERE = ['high', 'critical'];

interface Report {
  auditReportVersion?: number;
  vulnerabilities?: Record<string, { severity: string; range: string }>;
  message?: string;
}

/** What npm found of high severity, one line each; or why it could not ask. */
async function audit(...options: string[]): Promise<{ findings: string[] } | { unanswered: string }> {
  // A false answer would be worse than none: offline, npm reports that there is nothing.
  const asked = [
    'audit',
    '--omit=dev',
    '--audit-level=high',
    '--json',
    '--fetch-retries=0',
    ...options,
    '--no-offline',
  ];
  const npm = process.env['npm_execpath'];
  const [command, args] = npm ? [process.execPath, [npm, ...asked]] : ['npm', asked];
  const child = spawn(command, args, { cwd: ROOT, timeout: DEADLINE, shell: !npm && process.platform === 'win32' });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const reason = await new Promise<string>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (_code, signal) => resolve(signal ? `no answer in ${DEADLINE} ms` : 'npm printed no report'));
  });
  const report = parsed(output);
  if (report?.auditReportVersion === undefined) return { unanswered: report?.message ?? reason };
  const severe = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity }]) => SEVERE.includes(severity));
  return { findings: severe.map(([name, { severity, range }]) => `${name} ${range}: ${severity}`) };
}

function parsed(text: string): Report | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test('npm audit reports nothing of high severity in what ships', async (context) => {
  const answer = await audit();
  if ('unanswered' in answer) {
    process.stdout.write(`SKIPPED npm audit: the registry did not answer (${answer.unanswered})\n`);
    context.skip(`the registry did not answer: ${answer.unanswered}`);
  } else assert.deepEqual(answer.findings, []);
});

/** A registry that knows what is wrong with one package. */
async function startRegistry(context: TestContext, name: string, severity: string): Promise<string[]> {
  const { folder, remove } = createTempFolder();
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const advisory = { id: 1, url: 'https://example.com/1', title: 'A hole', severity, vulnerable_versions: '*' };
  /** What it says of a package: that there is the one version which is locked. Npm asks for those that need a bad one. */
  const documentOf = (asked: string) => {
    const { version, dependencies } = lock.packages[`node_modules/${asked}`];
    const versions = { [version]: { name: asked, version, dependencies } };
    return { name: asked, 'dist-tags': { latest: version }, versions };
  };
  const server = createServer(({ method, url = '' }, response) => {
    response.setHeader('content-type', 'application/json');
    const answer = method === 'POST' ? { [name]: [advisory] } : documentOf(decodeURIComponent(url.slice(1)));
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
    remove();
  });
  return [`--registry=http://127.0.0.1:${(server.address() as AddressInfo).port}`, `--cache=${folder}`];
}

for (const [name, severity, count] of [
  ['jose', 'high', 1],
  ['jose', 'critical', 1],
  ['jose', 'moderate', 0],
  ['typescript', 'high', 0],
] as const) {
  test(`of ${name} with a hole of ${severity} severity it would report ${count}`, async (context) => {
    const answer = await audit(...(await startRegistry(context, name, severity)));
    assert.ok('findings' in answer, JSON.stringify(answer));
    assert.equal(answer.findings.filter((line) => line.startsWith(`${name} `)).length, count);
  });
}

test('a registry that cannot be asked is no clean bill of health', async () => {
  const answer = await audit('--registry=http://127.0.0.1:9', '--offline');
  assert.ok('unanswered' in answer, JSON.stringify(answer));
});
