import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertLine, deploy, listFailures, runDoctorInProcess } from '../../support/doctor.ts';
import type { Fault, TestEvalon } from '../../support/evalon.ts';
import type { Settings } from '../../support/proxy.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';

interface Case {
  problem: string;
  settings?: Settings;
  prepare?: (evalon: TestEvalon) => void | Promise<void>;
  line: RegExp;
  exitCode: number;
}

const injectFault = (fault: Fault) => (evalon: TestEvalon) => evalon.injectFault('any', fault);

const CASES: Case[] = [
  {
    problem: 'a key that Evalon refuses',
    settings: { EVALON_API_KEY: 'eva_wrong_canary' },
    line: /^fail {2}Evalon refuses EVALON_API_KEY \(401\) → create a new key/,
    exitCode: 1,
  },
  {
    problem: 'a message that names a company without COMPANY_NAME',
    settings: { INVITE_MESSAGE: 'Join {company}: {link}' },
    line: /^warn {2}a message to candidates uses \{company\}, but COMPANY_NAME is not set.*→ set COMPANY_NAME/,
    exitCode: 0,
  },
  {
    problem: 'a key without permission',
    prepare: injectFault({ fault: 'refuse', status: 403, detail: `${CANARY_API_KEY} may not` }),
    line: /^fail {2}Evalon refuses EVALON_API_KEY \(403\)/,
    exitCode: 1,
  },
  {
    problem: 'that the first of two keys is refused',
    settings: { EVALON_API_KEY: `eva_former_canary,${CANARY_API_KEY}` },
    line: /^warn {2}Evalon refuses EVALON_API_KEY, key 1 of 2, \(401\) → remove it/,
    exitCode: 0,
  },
  {
    problem: 'that the second of two keys is refused',
    settings: { EVALON_API_KEY: `${CANARY_API_KEY},eva_former_canary` },
    line: /^warn {2}Evalon refuses EVALON_API_KEY, key 2 of 2, \(401\)/,
    exitCode: 0,
  },
  {
    problem: 'that both keys are refused',
    settings: { EVALON_API_KEY: 'eva_former_canary,eva_wrong_canary' },
    line: /^fail {2}Evalon refuses EVALON_API_KEY, key 2 of 2, \(401\)/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon that refuses connections',
    prepare: (evalon) => evalon.stop(),
    line: /^fail {2}Evalon does not respond at http:\S+ \(ECONNREFUSED\) → check EVALON_BASE_URL/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon that never responds',
    prepare: injectFault({ fault: 'hang' }),
    line: /^fail {2}Evalon does not respond at http:\S+ \(no response within 5 s\)/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon that redirects',
    prepare: injectFault({ fault: 'redirect', to: `http://127.0.0.1:9/?key=${CANARY_API_KEY}` }),
    line: /^fail {2}EVALON_API_KEY could not be checked: .* redirect \(302\)/,
    exitCode: 1,
  },
  {
    problem: 'an Evalon that returns a server error',
    prepare: injectFault({ fault: 'html' }),
    line: /^fail {2}EVALON_API_KEY could not be checked: Evalon responded 502/,
    exitCode: 1,
  },
  {
    problem: 'a key that has reached its rate limit',
    prepare: injectFault({ fault: 'refuse', status: 429 }),
    line: /^warn {2}EVALON_API_KEY has reached its rate limit \(429\)/,
    exitCode: 0,
  },
  {
    problem: 'an EVALON_BASE_URL that is not the URL of the API',
    prepare: injectFault({ fault: 'html', status: 404 }),
    line: /^warn {2}Evalon may accept EVALON_API_KEY, but .* → check that EVALON_BASE_URL/,
    exitCode: 0,
  },
  {
    problem: 'unsigned webhooks, and names the risk',
    settings: { EVALON_WEBHOOK_SECRET: undefined },
    line: /^warn {2}EVALON_WEBHOOK_SECRET is not set: .*false statuses.* → set it if Evalon can sign/,
    exitCode: 0,
  },
  {
    problem: 'missing allowed origins',
    settings: { ALLOWED_ORIGINS: undefined },
    line: /^warn {2}ALLOWED_ORIGINS is empty/,
    exitCode: 0,
  },
  {
    problem: 'missing assessments',
    settings: { ASSESSMENTS: undefined },
    line: /^warn {2}ASSESSMENTS is empty/,
    exitCode: 0,
  },
  {
    problem: 'a setting that has no effect',
    settings: { ATS_LEVER_KEYS: 'x' },
    line: /^warn {2}ATS_LEVER_KEYS has no effect/,
    exitCode: 0,
  },
  {
    problem: 'that no proxy is trusted although the public URL is on another host',
    settings: { PUBLIC_URL: 'https://evalon.invalid' },
    line: /^warn {2}TRUSTED_PROXIES is empty, but/,
    exitCode: 0,
  },
  {
    problem: 'a public URL that does not respond',
    settings: { PUBLIC_URL: 'https://evalon.invalid' },
    line: /^warn {2}the proxy does not respond at https:\/\/evalon\.invalid /,
    exitCode: 0,
  },
  {
    problem: 'a database in memory',
    settings: { DATABASE_URL: 'file::memory:' },
    line: /^warn {2}DATABASE_URL keeps all data in memory/,
    exitCode: 0,
  },
  {
    problem: 'a database in a folder that cannot be written',
    // This test's file is not a folder, so that the proxy can create no file in it.
    settings: { DATABASE_URL: `file:${import.meta.filename}/evalon.db` },
    line: /^fail {2}DATABASE_URL names \S+, which this user cannot write \(\w+\) → let the user/,
    exitCode: 1,
  },
  {
    problem: 'a file that is not a database',
    // This test's own source.
    settings: { DATABASE_URL: `file:${import.meta.filename}` },
    line: /^fail {2}DATABASE_URL names \S+, which is not a valid database \(SQLITE_NOTADB\)/,
    exitCode: 1,
  },
  {
    problem: 'a JWKS that cannot be fetched',
    settings: { HOST_TOKEN_SECRET: undefined, HOST_TOKEN_JWKS: 'http://127.0.0.1:9/jwks.json' },
    line: /^fail {2}HOST_TOKEN_JWKS \(http:\S+\) cannot be read \(\w+( \w+)?\) → make sure that/,
    exitCode: 1,
  },
];

describe('the doctor reports', { concurrency: 3 }, () => {
  for (const { problem, settings: changes, prepare, line, exitCode } of CASES) {
    it(problem, async (test) => {
      const { evalon, settings } = await deploy(test, changes);
      await prepare?.(evalon);
      const report = await runDoctorInProcess(settings);
      assertLine(report, line);
      assert.equal(report.exitCode, exitCode, report.lines.join('\n'));
      assert.equal(listFailures(report).length > 0, exitCode !== 0);
      // The doctor goes on to check the disk, and the proxy, which is not running.
      assertLine(report, /GiB are free|in memory/);
      assertLine(report, /the proxy does not respond/);
    });
  }
});
