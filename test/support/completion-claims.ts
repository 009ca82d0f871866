/** Sessions whose completion an unverified webhook claims, and the job that verifies them. */
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import type { Scorecard } from '../../proxy/contract/scorecard.ts';
import { startCompletionVerifier } from '../../proxy/scorecards/verify-completion.ts';
import type { SessionRow } from '../../proxy/store/schema.ts';
import type { Visibility } from '../../proxy/stream/viewed-candidates.ts';
import { type ProxyError, ScorecardNotReady } from '../../proxy/util/errors.ts';
import { createMetrics } from '../../proxy/util/metrics.ts';
import { createTestClock } from './fake-clock.ts';
import { NO_WRITES } from './no-writes.ts';
import { buildSessionRow } from './session.ts';
import { openStore } from './test-database.ts';

function buildClaim(n: number, at: string): SessionRow {
  return {
    ...buildSessionRow(`c${n}@example.com`, at),
    session_uuid: `sess_${n}`,
    status: 'started',
    completion_claimed_at: at,
    read_due_at: at,
  };
}

const buildScorecard = (session_uuid: string): Scorecard => ({
  session_uuid,
  assessment_type: null,
  overall: 82,
  overall_max: null,
  sections: [],
});

/** Starts the verification of claimed completions on a fake clock. `evalon.outcome` sets Evalon's response. */
export async function startClaims(test: TestContext, count = 1, { isUnsigned = false } = {}) {
  const clock = createTestClock();
  const realStore = await openStore(':memory:', 'https://api.evalon.example', clock);
  const queries = { count: 0 };
  const store: typeof realStore = {
    ...realStore,
    read(run) {
      queries.count += 1;
      return realStore.read(run);
    },
  };
  const evalon = {
    calls: 0,
    outcome: new ScorecardNotReady('') as ProxyError | 'ready',
    /** Sessions that have a scorecard, whatever `outcome` is. */
    readyUuids: new Set<string>(),
    /** How long a read takes. */
    durationMs: 0,
    requestedUuids: [] as string[],
    priorities: new Map<string, string>(),
    /** The reads before there was a scorecard. */
    emptyReads: [] as { session_uuid: string; at: number }[],
  };
  const visibility = new Map<string, Visibility>();
  const settings = { isUnsigned };
  const upsertSessions = (rows: SessionRow[]) =>
    store.write(async ({ sessions }) => {
      for (const row of rows) await sessions.upsert(row);
    });
  const buildClaims = (from: number, to: number, changes: Partial<SessionRow> = {}) =>
    Array.from({ length: to - from + 1 }, (_, n) => ({
      ...buildClaim(from + n, new Date(clock.now()).toISOString()),
      ...changes,
    }));
  await upsertSessions(buildClaims(1, count));

  const start = () =>
    startCompletionVerifier({
      store,
      clock,
      random: () => 0.5,
      log: pino({ level: 'silent' }),
      metrics: createMetrics(),
      isUnsigned: () => settings.isUnsigned,
      ...NO_WRITES,
      viewedCandidates: { getVisibility: (key) => visibility.get(key) ?? 'none' },
      evalon: {
        async readScorecard({ session_uuid }, { priority }) {
          evalon.calls += 1;
          evalon.requestedUuids.push(session_uuid);
          evalon.priorities.set(session_uuid, priority);
          const at = clock.now();
          if (evalon.durationMs) await new Promise<void>((resolve) => clock.runAfter(evalon.durationMs, resolve));
          if (evalon.outcome === 'ready' || evalon.readyUuids.has(session_uuid)) return buildScorecard(session_uuid);
          if (evalon.outcome instanceof ScorecardNotReady) evalon.emptyReads.push({ session_uuid, at });
          throw evalon.outcome;
        },
      },
    });
  let job = start();
  test.after(async () => {
    await job.stop();
    await store.close();
  });
  return {
    clock,
    evalon,
    visibility,
    settings,
    queries,
    store,
    buildClaims,
    upsertSessions,
    getSession: (n = 1) => store.read(({ sessions }) => sessions.get(`sess_${n}`)),
    async restart() {
      await job.stop();
      job = start();
    },
  };
}
