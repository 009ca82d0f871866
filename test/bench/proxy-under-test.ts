/**
 * Starts the proxy for a benchmark in its own process, with a database on disk. Creates sessions, and builds webhooks
 * that update them.
 */
import { join } from 'node:path';
import { LIMITS } from '../../proxy/http/request-limits.ts';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { waitFor } from '../support/eventually.ts';
import {
  buildProxySettings,
  createTempFolder,
  type Settings,
  startProxyProcess,
  webhookUrl,
} from '../support/proxy.ts';
import { mintToken } from '../support/token.ts';

export interface ProxyUnderTest {
  url: string;
  pid: number;
  /** This proxy's settings, but with a database in memory. */
  inMemorySettings: Settings;
  /** Mints enough tokens to open this many streams, because each recruiter may open only a few streams. */
  mintTokens(streamCount: number): Promise<string[]>;
  /** Invites the candidate. Returns a function that builds a webhook with a new event for that session. */
  createWebhookBuilder(candidateEmail: string): Promise<() => { path: string; body: string }>;
  /** Counts the acknowledged webhooks that are not yet applied. */
  countPendingWebhooks(): Promise<number>;
  /**
   * Completes the candidate's session with a large result, so that each frame about the session has about `bytes`
   * bytes. Returns the exact number of bytes.
   */
  enlargeFrames(candidateEmail: string, bytes: number): Promise<number>;
  stop(): Promise<void>;
}

const METRICS_TOKEN = 'the-metrics-token-of-benchmarks';
/** Long enough for a busy machine. */
const START_TIMEOUT_MS = 60_000;
const SECTION = { name: 'x'.repeat(160), score: 80, max_score: 100 };

export async function startProxyUnderTest(settings: Record<string, string> = {}): Promise<ProxyUnderTest> {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const inMemorySettings = buildProxySettings(evalon, { LOG_LEVEL: 'warn', METRICS_TOKEN, ...settings });
  const proxy = await startProxyProcess(
    { ...inMemorySettings, DATABASE_URL: `file:${join(folder, 'evalon.db')}` },
    { startTimeoutMs: START_TIMEOUT_MS },
  );
  evalon.webhookUrl = webhookUrl(proxy.url);
  const recruiter = await createRecruiterClient(proxy.url);
  let eventCount = 0;
  return {
    url: proxy.url,
    pid: proxy.pid,
    inMemorySettings,
    mintTokens: (streamCount) =>
      Promise.all(
        Array.from({ length: Math.ceil(streamCount / LIMITS.maxStreamsPerRecruiter) }, (_, n) =>
          mintToken({ sub: `recruiter-${n}` }),
        ),
      ),
    async createWebhookBuilder(candidate_email) {
      const { status, body } = await recruiter.invite({ ...JANE, candidate_email });
      if (status !== 201) throw new Error(`the invite returned ${status}`);
      return () => {
        eventCount += 1;
        const event = { event: `session.seen_${eventCount}`, session_uuid: body.session_uuid };
        return { path: new URL(webhookUrl(proxy.url)).pathname, body: JSON.stringify(event) };
      };
    },
    async countPendingWebhooks() {
      const metrics = await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
      return Number(/^evalon_webhooks_pending (\d+)$/m.exec(await metrics.text())?.[1]);
    },
    async enlargeFrames(candidate_email, bytes) {
      const session = evalon.findSession(candidate_email, JANE.project_id);
      const sections = Array.from({ length: Math.ceil(bytes / JSON.stringify(SECTION).length) }, () => SECTION);
      await evalon.completeSession(session?.session_uuid ?? '', { scorecard: { sections } });
      const completed = await waitFor(async () => {
        const [found] = (await recruiter.query({ candidate_email })).body.sessions;
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
