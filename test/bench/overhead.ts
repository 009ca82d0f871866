/** Measures how long an uncached scorecard takes through the proxy, and directly from Evalon, in the same rounds. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { buildProxySettings, startProxyProcess } from '../support/proxy.ts';
import { type BenchResult, measureMs, median } from './figures.ts';

const WARM_UP_ROUNDS = 30;
const ROUNDS = 300;

export async function measureOverhead(): Promise<BenchResult[]> {
  const evalon = await startEvalon();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const proxy = await startProxyProcess(
    buildProxySettings(evalon, { DATABASE_URL: `file:${folder}/evalon.db`, LOG_LEVEL: 'warn' }),
  );
  const recruiter = await createRecruiterClient(proxy.url);
  const directMs: number[] = [];
  const proxiedMs: number[] = [];
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const { body } = await recruiter.invite({ ...JANE, candidate_email: `candidate-${round}@example.com` });
      await evalon.completeSession(body.session_uuid, { notify: false });
      const scorecardUrl = `${evalon.url}/api/v1/sessions/${body.session_uuid}/scorecard/`;
      const headers = { authorization: `Bearer ${evalon.apiKey}` };
      const readDirectly = () => measureMs(async () => (await fetch(scorecardUrl, { headers })).json());
      const readThroughProxy = () => measureMs(() => recruiter.get(`/v1/sessions/${body.session_uuid}/scorecard`));
      // The order alternates, so that neither way always comes second.
      const [direct, proxied] =
        round % 2
          ? [await readDirectly(), await readThroughProxy()]
          : [await readThroughProxy(), await readDirectly()].reverse();
      if (round < WARM_UP_ROUNDS || direct === undefined || proxied === undefined) continue;
      directMs.push(direct);
      proxiedMs.push(proxied);
    }
  } finally {
    await proxy.kill();
    await evalon.close();
  }
  const ratios = proxiedMs.map((value, round) => value / (directMs[round] ?? Number.NaN));
  return [
    { name: 'scorecard directly from Evalon, median', value: median(directMs), unit: 'ms' },
    { name: 'scorecard through the proxy, uncached, median', value: median(proxiedMs), unit: 'ms' },
    {
      name: 'time through the proxy, relative to directly from Evalon, median of ratios',
      value: median(ratios),
      unit: 'x',
    },
  ];
}
