/** Runs `npm run doctor` for a deployment on this machine. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { readConfig } from '../../proxy/config/config.ts';
import { printReport } from '../../proxy/doctor/report.ts';
import { startProxy } from '../../proxy/server.ts';
import { LEVER_KEY } from './ats/lever.ts';
import { startEvalon } from './evalon.ts';
import { findFreePort } from './free-port.ts';
import { buildChildEnv, buildProxySettings, createTempFolder, type Settings, WEBHOOK_TOKEN } from './proxy.ts';
import { CANARY_API_KEY } from './secret-leak-check.ts';
import { HOST_TOKEN_SECRET } from './token.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const DOCTOR = join(ROOT, 'proxy/cli/doctor.ts');
export const SIGNING_SECRET = `whsec_${Buffer.from('a signing secret of tests').toString('base64')}`;
/** API keys: the valid one, one that Evalon no longer accepts, and a wrong one. */
export const KEYS = [CANARY_API_KEY, 'eva_former_canary', 'eva_wrong_canary'];

export interface Report {
  exitCode: number | null;
  lines: string[];
}

/** Runs the doctor in this process. */
export async function runDoctorInProcess(settings: Settings, sessionUuid?: string): Promise<Report> {
  let output = '';
  const exitCode = await printReport(
    (text) => {
      output += text;
    },
    { environment: settings, sessionUuid },
  );
  return parseReport(exitCode, output);
}

/** Runs `npm run doctor` in a process of its own. */
export async function runDoctorProcess(settings: Settings): Promise<Report> {
  const child = spawn(process.execPath, [DOCTOR], { env: buildChildEnv(settings) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return parseReport(exitCode, output);
}

/** Also asserts that the output contains no secret, and that each warning or failure names a fix. */
export function parseReport(exitCode: number | null, output: string): Report {
  // Every token begins with `eyJ`.
  for (const secret of [...KEYS, WEBHOOK_TOKEN, SIGNING_SECRET, HOST_TOKEN_SECRET, 'eyJ', ...ATS_SECRETS]) {
    assert.ok(!output.includes(secret), `the doctor printed ${secret}:\n${output}`);
  }
  const lines = output.split('\n').slice(0, -1);
  for (const line of lines) assert.match(line, /^(ok {4}\S|(warn|fail) {2}\S.*(→|:) \S)/, output);
  return { exitCode, lines };
}

export function assertLine({ lines }: Report, pattern: RegExp): void {
  assert.ok(
    lines.some((line) => pattern.test(line)),
    `${pattern} is not among:\n${lines.join('\n')}`,
  );
}

export const ATS_SECRETS = [
  LEVER_KEY,
  'greenhouse-canary-secret',
  'ashby-canary-key',
  'workday-canary-password',
  'greenhouse-token',
];

export const listFailures = ({ lines }: Report) => lines.filter((line) => line.startsWith('fail'));

/** Prepares a complete deployment on this machine. `runProxy` starts the deployment's proxy in this process. */
export async function deploy(test: TestContext, changes: Settings = {}) {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const port = await findFreePort();
  const settings = buildProxySettings(evalon, {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ALLOWED_ORIGINS: 'https://ats.example.com',
    EVALON_WEBHOOK_SECRET: SIGNING_SECRET,
    DATABASE_URL: `file:${folder}/evalon.db`,
    ...changes,
  });
  test.after(async () => {
    await evalon.close();
    remove();
  });
  async function runProxy(overrides: Settings = {}): Promise<{ stop(): Promise<unknown> }> {
    const proxy = await startProxy(readConfig({ ...settings, ...overrides }));
    test.after(() => proxy.close());
    return { stop: () => proxy.close() };
  }
  return { evalon, folder, settings, runProxy };
}
