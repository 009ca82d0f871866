/** A proxy that is killed again and again under more clicks than the rate allows, before an Evalon that counts strictly. */
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { createRecruiterClient } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { maxPerMinute } from '../support/fake-clock.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import type { SoakResult } from './measured.ts';

const MINUTES = 5;
const RATE = 100;
/** Clicks that wait for their answer at the same time. */
const CLICKS = 8;

export async function soakRate(): Promise<SoakResult[]> {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon({ ratePerMinute: RATE });
  const settings = buildProxySettings(evalon, {
    DATABASE_URL: `file:${join(folder, 'evalon.db')}`,
    EVALON_RATE_PER_MINUTE: String(RATE),
  });
  const random = createSeededRandom(1);
  const end = Date.now() + MINUTES * 60_000;
  const said: Record<number, number> = {};
  let kills = 0;
  let clicks = 0;
  try {
    while (Date.now() < end) {
      const proxy = await startProxyProcess(settings);
      const page = await createRecruiterClient(proxy.url);
      let alive = true;
      const clicking = Array.from({ length: CLICKS }, async () => {
        while (alive) {
          const answer = await page.invite({ candidate_email: `c${++clicks}@example.com` }).catch(() => undefined);
          if (answer) said[answer.status] = (said[answer.status] ?? 0) + 1;
          if (answer?.status !== 201) await pass(200);
        }
      });
      await pass(1_000 + random() * 9_000);
      alive = false;
      await proxy.kill('SIGKILL');
      kills += 1;
      await Promise.all(clicking);
    }
    const most = maxPerMinute(evalon.requests);
    return [
      { what: 'kills', value: kills, unit: '' },
      { what: 'clicks', value: clicks, unit: '' },
      { what: 'invited', value: said[201] ?? 0, unit: '' },
      { what: `calls in any 60 s, of ${RATE}`, value: most, unit: '', holds: most <= RATE },
      { what: 'calls a minute', value: evalon.requests.length / MINUTES, unit: '' },
    ];
  } finally {
    await evalon.close();
    remove();
  }
}
