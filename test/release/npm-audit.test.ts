/** Production dependencies have no known vulnerability of high severity. Skipped if the registry does not respond. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { serve } from '../support/http-server.ts';
import { createTempFolder } from '../support/proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const NPM_TIMEOUT_MS = 30_000;
const HIGH_SEVERITIES = ['high', 'critical'];

interface AuditReport {
  auditReportVersion?: number;
  vulnerabilities?: Record<string, { severity: string; range: string }>;
  message?: string;
}

/** Returns one line per vulnerability of high severity, or why npm could not check. */
async function runAudit(...options: string[]): Promise<{ findings: string[] } | { failure: string }> {
  const auditArgs = [
    'audit',
    '--omit=dev',
    '--audit-level=high',
    '--json',
    '--fetch-retries=0',
    ...options,
    // In offline mode, npm would report that there are no vulnerabilities.
    '--no-offline',
  ];
  const npm = process.env['npm_execpath'];
  const [command, args] = npm ? [process.execPath, [npm, ...auditArgs]] : ['npm', auditArgs];
  const child = spawn(command, args, {
    cwd: ROOT,
    timeout: NPM_TIMEOUT_MS,
    shell: !npm && process.platform === 'win32',
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const failure = await new Promise<string>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (_code, signal) =>
      resolve(signal ? `no response within ${NPM_TIMEOUT_MS} ms` : 'npm printed no report'),
    );
  });
  const report = parseReport(output);
  if (report?.auditReportVersion === undefined) return { failure: report?.message ?? failure };
  const findings = Object.entries(report.vulnerabilities ?? {})
    .filter(([, { severity }]) => HIGH_SEVERITIES.includes(severity))
    .map(([name, { severity, range }]) => `${name} ${range}: ${severity}`);
  return { findings };
}

function parseReport(text: string): AuditReport | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test('npm audit reports no vulnerability of high severity in production dependencies', async (context) => {
  const result = await runAudit();
  if ('failure' in result) {
    process.stdout.write(`SKIPPED npm audit: the registry did not respond (${result.failure})\n`);
    context.skip(`the registry did not respond: ${result.failure}`);
  } else assert.deepEqual(result.findings, []);
});

/**
 * Starts a registry that reports one vulnerability for each package in `severities`. Returns the npm options that select
 * this registry.
 */
async function startRegistry(context: TestContext, severities: Record<string, string>): Promise<string[]> {
  const { folder, remove } = createTempFolder();
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const advisories = Object.entries(severities).map(([name, severity], id) => [
    name,
    [{ id, url: `https://example.com/${id}`, title: 'A vulnerability', severity, vulnerable_versions: '*' }],
  ]);
  /** npm reads the metadata of packages that depend on a vulnerable one. */
  const createMetadata = (packageName: string) => {
    const { version, dependencies } = lock.packages[`node_modules/${packageName}`];
    const versions = { [version]: { name: packageName, version, dependencies } };
    return { name: packageName, 'dist-tags': { latest: version }, versions };
  };
  const registry = await serve(context, ({ method, url = '' }, response) => {
    response.setHeader('content-type', 'application/json');
    const body = method === 'POST' ? Object.fromEntries(advisories) : createMetadata(decodeURIComponent(url.slice(1)));
    response.end(JSON.stringify(body));
  });
  context.after(remove);
  return [`--registry=${registry}`, `--cache=${folder}`];
}

test('only vulnerabilities of high and critical severity in production dependencies are findings', async (context) => {
  const severities = { jose: 'high', zod: 'critical', lit: 'moderate', typescript: 'high' };
  const result = await runAudit(...(await startRegistry(context, severities)));
  assert.ok('findings' in result, JSON.stringify(result));
  const findings = Object.keys(severities).filter((name) =>
    result.findings.some((line) => line.startsWith(`${name} `)),
  );
  assert.deepEqual(findings, ['jose', 'zod']);
});

test('a registry that does not respond is a failure, not an empty report, even with --offline', async () => {
  const closedPort = 9;
  const result = await runAudit(`--registry=http://127.0.0.1:${closedPort}`, '--offline');
  assert.ok('failure' in result, JSON.stringify(result));
});
