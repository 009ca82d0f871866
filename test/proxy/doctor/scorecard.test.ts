import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, it, type TestContext } from 'node:test';
import { assertLine, DOCTOR, deploy, runDoctorInProcess } from '../../support/doctor.ts';
import { serve } from '../../support/http-server.ts';
import { buildChildEnv, type Settings } from '../../support/proxy.ts';

const PRIVATE_VALUES = ['ximena@example.com', 'Ximena', 'The canary is quick', 'Grammar of canaries', 'sess_xyz789'];

/** The built-in field map knows all keys of this scorecard. */
const SCORECARD_WITH_KNOWN_KEYS = {
  session_uuid: 'sess_xyz789',
  assessment_type: 'marketing',
  score_summary: {
    overall: 82,
    sections: [{ name: 'Grammar of canaries', score: 8.2, max_score: 10, questions: [{ title: 'Ximena', score: 4 }] }],
  },
  narrative_summary: 'The canary is quick and Ximena sings well.',
  completed_at: '2026-01-15T14:30:00Z',
};

const CAMEL_CASE_SCORECARD = {
  data: {
    sessionUuid: 'sess_xyz789',
    candidateEmail: 'ximena@example.com',
    status: 'COMPLETED',
    overallScore: '82%',
    sectionScores: [{ sectionName: 'Grammar of canaries', score: 12, maxScore: 10 }],
    narrative: 'The canary is quick.',
    reportUrl: 'https://x.example/ximena@example.com',
  },
};

const PORTUGUESE_SCORECARD = { resultado: { nota: { valor: 82, max: 100 }, nome: 'Ximena' } };

/** Runs the doctor against an Evalon that returns `body`. Asserts that the report contains no private value. */
async function explain(
  test: TestContext,
  body: unknown,
  { changes = {}, status = 200 }: { changes?: Settings; status?: number } = {},
) {
  const requests: string[] = [];
  const url = await serve(test, (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const { settings } = await deploy(test);
  const report = await runDoctorInProcess({ ...settings, EVALON_BASE_URL: url, ...changes }, 'sess_xyz789');
  for (const value of PRIVATE_VALUES)
    assert.ok(!report.lines.join('\n').includes(value), `${value} in\n${report.lines.join('\n')}`);
  assert.deepEqual(requests, ['GET /api/v1/sessions/sess_xyz789/scorecard/']);
  test.diagnostic(`\n${report.lines.join('\n')}`);
  return report;
}

describe('npm run doctor -- evalon <session_uuid>', () => {
  it('explains a scorecard whose keys the built-in field map knows', async (test) => {
    const report = await explain(test, SCORECARD_WITH_KNOWN_KEYS);
    assert.equal(report.exitCode, 0);
    for (const line of [
      /^ok {4}session_uuid: text of 11 characters at \/session_uuid$/,
      /^ok {4}overall: number 82 at \/score_summary\/overall$/,
      /^ok {4}sections: list of 1 at \/score_summary\/sections$/,
      /^ok {4}section\.name: text of 19 characters at \/score_summary\/sections\/0\/name$/,
      /^ok {4}section\.score: number 8\.2 at \/score_summary\/sections\/0\/score$/,
      /^ok {4}narrative: text of 42 characters at \/narrative_summary$/,
      /^ok {4}every key is used$/,
      /^ok {4}the widget shows: 82, sections: 1, questions: 1, a narrative, a time of completion$/,
    ]) {
      assertLine(report, line);
    }
  });

  it('explains camelCase wrapped in data, a score beyond its maximum, and unused keys', async (test) => {
    const report = await explain(test, CAMEL_CASE_SCORECARD);
    assert.equal(report.exitCode, 0);
    for (const line of [
      /^ok {4}candidate_email: text of 18 characters at \/data\/candidateEmail$/,
      /^ok {4}status: text "COMPLETED" at \/data\/status$/,
      /^ok {4}overall: text "82%" at \/data\/overallScore$/,
      /^warn {2}section\.score at \/data\/sectionScores\/0\/score is not between 0 and its maximum/,
      /^warn {2}keys that no field uses: \/data\/reportUrl →/,
      /^ok {4}the widget shows: 82 \/ 100, sections: 1,/,
    ]) {
      assertLine(report, line);
    }
  });

  it('suggests an EVALON_FIELD_MAP for unknown keys, and explains what that map finds', async (test) => {
    const report = await explain(test, PORTUGUESE_SCORECARD);
    assert.equal(report.exitCode, 1);
    assertLine(
      report,
      /^warn {2}overall: not found \(tried \/overall, .*EVALON_FIELD_MAP='\{"scorecard:overall":\["\/resultado\/nota\/valor"\],"scorecard:overall_max":\["\/resultado\/nota\/max"\]\}'$/,
    );
    assertLine(report, /^warn {2}sections: not found .*"scorecard:sections":\["\/path\/to\/the\/key"\]/);
    assertLine(
      report,
      /^warn {2}keys that no field uses: \/resultado\/nota\/valor, \/resultado\/nota\/max, \/resultado\/nome →/,
    );
    assertLine(report, /^fail {2}this scorecard does not complete the session/);

    const [, map] = /overall: not found.*EVALON_FIELD_MAP='(.*)'/.exec(report.lines.join('\n')) ?? [];
    await test.test('with that map', async (subtest) => {
      const mapped = await explain(subtest, PORTUGUESE_SCORECARD, { changes: { EVALON_FIELD_MAP: map } });
      assert.equal(mapped.exitCode, 0);
      assertLine(mapped, /^ok {4}overall: number 82 at \/resultado\/nota\/valor$/);
      assertLine(mapped, /^ok {4}the widget shows: 82 \/ 100, sections: 0/);
    });
  });

  it('suggests pointers to the list of sections and to the keys of its items', async (test) => {
    const report = await explain(test, { overall: 82, areas: [{ nome: 'Ximena', nota: 8, maximo: 10 }] });
    assertLine(
      report,
      /"scorecard:sections":\["\/areas"\],"scorecard:section.name":\["\/nome"\],"scorecard:section.score":\["\/nota"\],"scorecard:section.max_score":\["\/maximo"\]/,
    );
  });

  for (const [what, body, status, line] of [
    ['no scorecard yet', { detail: 'Ximena' }, 404, /^fail {2}Evalon returned 404: it has no scorecard/],
    ['a refused key', { detail: 'Ximena' }, 401, /^fail {2}Evalon refuses EVALON_API_KEY \(401\)/],
    ['HTML', '<html>Ximena</html>', 200, /^fail {2}Evalon returned 200 and no JSON/],
  ] as const) {
    it(`reports ${what}`, async (test) => {
      const report = await explain(test, body, { status });
      assert.equal(report.exitCode, 1);
      assertLine(report, line);
    });
  }

  it('exits with 64 without a session id', async () => {
    const run = (args: string[]) =>
      new Promise((resolve) =>
        spawn(process.execPath, [DOCTOR, ...args], { env: buildChildEnv({}), stdio: 'ignore' }).on('close', resolve),
      );
    assert.equal(await run(['evalon']), 64);
    // With a session id, the arguments are valid. The check fails, because EVALON_BASE_URL is not set.
    assert.equal(await run(['evalon', 'sess_1']), 1);
  });
});
