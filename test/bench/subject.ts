/** The proxy as the benchmarks of streams have it: a process with a database on disk, and sessions to publish about. */
import { join } from 'node:path';
import { LIMITS } from '../../proxy/http/request-limits.ts';
import { JANE, recruiterAt } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { eventually } from '../support/eventually.ts';
import { type Settings, settingsFor, spawnProxy, temporaryFolder, webhookUrl } from '../support/proxy.ts';
import { mintToken } from '../support/token.ts';

export interface Subject {
  url: string;
  pid: number;
  /** Those of the same proxy with a database in memory. */
  settings: Settings;
  /** Bearers enough for that many streams. */
  tokens(streams: number): Promise<string[]>;
  /** Invites `c<n>@example.com`; answers what has to be published for a frame about them, new each time. */
  session(n: number): Promise<() => { path: string; body: string }>;
  /** Acknowledged webhooks that are still to be applied. */
  pending(): Promise<number>;
  /** Completes that session with a result that makes each of its frames about as many bytes long; answers how many. */
  enlarge(n: number, bytes: number): Promise<number>;
  stop(): Promise<void>;
}

const METRICS_TOKEN = 'the-metrics-token-of-benchmarks';
/** Milliseconds: on a busy machine a start takes its time. */
const START_LIMIT = 60_000;
const SECTION = { name: 'x'.repeat(160), score: 80, max_score: 100 };

export async function startSubject(settings: Record<string, string> = {}): Promise<Subject> {
  const { folder, remove } = temporaryFolder();
  const evalon = await startEvalon();
  const inMemory = settingsFor(evalon, { LOG_LEVEL: 'warn', METRICS_TOKEN, ...settings });
  const proxy = await spawnProxy(
    { ...inMemory, DATABASE_URL: `file:${join(folder, 'evalon.db')}` },
    { limit: START_LIMIT },
  );
  evalon.webhookUrl = webhookUrl(proxy.url);
  const page = await recruiterAt(proxy.url);
  let published = 0;
  return {
    url: proxy.url,
    pid: proxy.pid,
    settings: inMemory,
    tokens: (streams) =>
      Promise.all(
        Array.from({ length: Math.ceil(streams / LIMITS.streamsPerRecruiter) }, (_, n) =>
          mintToken({ sub: `recruiter-${n}` }),
        ),
      ),
    async session(n) {
      const { status, body } = await page.invite({ ...JANE, candidate_email: `c${n}@example.com` });
      if (status !== 201) throw new Error(`an invite is answered ${status}`);
      return () => {
        published += 1;
        const event = { event: `session.seen_${published}`, session_uuid: body.session_uuid };
        return { path: new URL(webhookUrl(proxy.url)).pathname, body: JSON.stringify(event) };
      };
    },
    async pending() {
      const metrics = await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
      return Number(/^evalon_inbox_depth (\d+)$/m.exec(await metrics.text())?.[1]);
    },
    async enlarge(n, bytes) {
      const email = `c${n}@example.com`;
      const session = evalon.session(email, JANE.project_id);
      const sections = Array.from({ length: Math.ceil(bytes / JSON.stringify(SECTION).length) }, () => SECTION);
      await evalon.complete(session?.session_uuid ?? '', { sections });
      const completed = await eventually(async () => {
        const [found] = (await page.query({ candidate_email: email })).body.sessions;
        return found.status === 'completed' && found;
      });
      return JSON.stringify(completed).length;
    },
    async stop() {
      await proxy.kill('SIGKILL');
      await evalon.close();
      remove();
    },
  };
}
