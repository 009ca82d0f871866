/**
 * Kills the proxy repeatedly while recruiters click more often than the rate limit allows. Finds the most calls to
 * Evalon within any 60 s.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRecruiterClient } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { maxPerMinute } from '../support/fake-clock.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import type { SoakResult } from './soak-result.ts';

const DURATION_MINUTES = Number(process.env['MINUTES'] ?? 5);
const RATE_PER_MINUTE = 100;
const CONCURRENT_CLICKS = 8;
const PAUSE_AFTER_REFUSAL_MS = 200;
const SEED = 1;
/** How long a proxy runs until it is killed. */
const [MIN_LIFE_MS, MAX_LIFE_MS] = [1_000, 10_000];

export async function soakRate(): Promise<SoakResult[]> {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon({ ratePerMinute: RATE_PER_MINUTE });
  const settings = buildProxySettings(evalon, {
    DATABASE_URL: `file:${join(folder, 'evalon.db')}`,
    EVALON_RATE_PER_MINUTE: String(RATE_PER_MINUTE),
  });
  const random = createSeededRandom(SEED);
  const end = Date.now() + DURATION_MINUTES * 60_000;
  let kills = 0;
  let clicks = 0;
  let invited = 0;
  try {
    while (Date.now() < end) {
      const proxy = await startProxyProcess(settings);
      const recruiter = await createRecruiterClient(proxy.url);
      let isAlive = true;
      const clicking = Array.from({ length: CONCURRENT_CLICKS }, async () => {
        while (isAlive) {
          clicks += 1;
          const response = await recruiter.invite({ candidate_email: `c${clicks}@example.com` }).catch(() => undefined);
          if (response?.status === 201) invited += 1;
          else await sleep(PAUSE_AFTER_REFUSAL_MS);
        }
      });
      await sleep(MIN_LIFE_MS + random() * (MAX_LIFE_MS - MIN_LIFE_MS));
      isAlive = false;
      await proxy.kill('SIGKILL');
      kills += 1;
      await Promise.all(clicking);
    }
    const maxCalls = maxPerMinute(evalon.requests);
    return [
      { what: 'kills', value: kills, unit: '' },
      { what: 'clicks', value: clicks, unit: '' },
      { what: 'invited', value: invited, unit: '' },
      {
        what: `most calls to Evalon within any 60 s, ${RATE_PER_MINUTE} allowed`,
        value: maxCalls,
        unit: '',
        holds: maxCalls <= RATE_PER_MINUTE,
      },
      { what: 'average calls to Evalon per minute', value: evalon.requests.length / DURATION_MINUTES, unit: '' },
    ];
  } finally {
    await evalon.close();
    remove();
  }
}
