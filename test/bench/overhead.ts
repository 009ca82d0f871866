/** What the proxy adds to an uncached scorecard, beside the same call made directly to Evalon, in the same rounds. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { buildProxySettings, startProxyProcess } from '../support/proxy.ts';
import { type BenchResult, measureMs, median } from './figures.ts';

const WARM_UP = 30;
const ROUNDS = 300;

export async function measureOverhead(): Promise<BenchResult[]> {
  const evalon = await startEvalon();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const proxy = await startProxyProcess(
    buildProxySettings(evalon, { DATABASE_URL: `file:${folder}/evalon.db`, LOG_LEVEL: 'warn' }),
  );
  const page = await createRecruiterClient(proxy.url);
  const direct: number[] = [];
  const proxied: number[] = [];
  try {
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const { body } = await page.invite({ ...JANE, candidate_email: `candidate-${round}@example.com` });
      await evalon.completeSession(body.session_uuid, {}, false);
      const address = `${evalon.url}/api/v1/sessions/${body.session_uuid}/scorecard/`;
      const headers = { authorization: `Bearer ${evalon.apiKey}` };
      const one = () => measureMs(async () => (await fetch(address, { headers })).json());
      const other = () => measureMs(() => page.get(`/v1/sessions/${body.session_uuid}/scorecard`));
      const [a, b] =
        round % 2 ? [await one(), await other()] : (await Promise.resolve([await other(), await one()])).reverse();
      if (round < WARM_UP || a === undefined || b === undefined) continue;
      direct.push(a);
      proxied.push(b);
    }
  } finally {
    await proxy.kill();
    await evalon.close();
  }
  const ratios = proxied.map((value, round) => value / (direct[round] ?? Number.NaN));
  return [
    { name: 'scorecard directly from Evalon, median', value: median(direct), unit: 'ms' },
    { name: 'scorecard through the proxy, uncached, median', value: median(proxied), unit: 'ms' },
    { name: 'proxy beside direct, median of ratios', value: median(ratios), unit: 'x' },
  ];
}
