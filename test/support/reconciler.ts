/** Polls sessions as if Evalon sent no webhooks. */
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { startReconciler } from '../../proxy/scorecards/reconcile.ts';
import { updateSession } from '../../proxy/sessions/session.ts';
import type { SessionRow } from '../../proxy/store/schema.ts';
import { type ProxyError, ScorecardNotReady } from '../../proxy/util/errors.ts';
import { createMetrics } from '../../proxy/util/metrics.ts';
import { createTestClock } from './fake-clock.ts';
import { NO_WRITES } from './no-writes.ts';
import { buildSessionRow } from './session.ts';
import { openStore } from './test-database.ts';

/** Starts the reconciler with an Evalon that sends no webhooks, on a test clock. */
export async function startWithoutWebhooks(test: TestContext) {
  const clock = createTestClock({ ticksPerTimer: 12 });
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics();
  const completed = new Set<string>();
  const polls: { session_uuid: string; at: number; monotonicAt: number }[] = [];
  const evalon = {
    error: undefined as ProxyError | undefined,
    async readScorecard({ session_uuid }: { session_uuid: string }) {
      polls.push({ session_uuid, at: clock.now(), monotonicAt: clock.monotonic() });
      if (evalon.error) throw evalon.error;
      if (!completed.has(session_uuid)) throw new ScorecardNotReady('');
      return { session_uuid, assessment_type: null, overall: 82, overall_max: null, sections: [] };
    },
  };
  /** Creates or changes the session `sess_<n>`. */
  const update = (n: number, change: Partial<SessionRow> = {}) =>
    store.write(async (queries) => {
      const at = new Date(clock.now()).toISOString();
      const storedRow = await queries.sessions.get(`sess_${n}`);
      const row = storedRow ?? { ...buildSessionRow(`c${n}@example.com`, at), session_uuid: `sess_${n}` };
      await updateSession(queries, { clock, ...NO_WRITES }, row, change);
    });
  const start = () => startReconciler({ store, evalon, clock, log, metrics, ...NO_WRITES });
  let job = start();
  test.after(async () => {
    await job.stop();
    await store.close();
  });
  return {
    clock,
    store,
    evalon,
    completed,
    polls,
    lines,
    metrics,
    update,
    getStatus: async (n: number) => (await store.read(({ sessions }) => sessions.get(`sess_${n}`)))?.status,
    async restart() {
      await job.stop();
      job = start();
    },
  };
}
