/** Measures the time of the database statements in one tick of each job, and in a simulated minute of all jobs. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { startProgressPublisher } from '../../proxy/batches/progress.ts';
import { startBatchWorker } from '../../proxy/batches/worker.ts';
import { createFieldMap } from '../../proxy/evalon/field-map.ts';
import { createInviteMonitor } from '../../proxy/invites/monitor.ts';
import type { JobLoop } from '../../proxy/jobs/job-loop.ts';
import { startPruning } from '../../proxy/privacy/retention.ts';
import { startOverdueMarker } from '../../proxy/scorecards/mark-overdue.ts';
import { startReconciler } from '../../proxy/scorecards/reconcile.ts';
import { startCompletionVerifier } from '../../proxy/scorecards/verify-completion.ts';
import { openStore, type Store } from '../../proxy/store/store.ts';
import { ScorecardNotReady } from '../../proxy/util/errors.ts';
import { createMetrics } from '../../proxy/util/metrics.ts';
import { startWebhookProcessor } from '../../proxy/webhooks/process.ts';
import { startWebhookReparser } from '../../proxy/webhooks/reparse-unrecognized.ts';
import type { TestEvalon } from '../support/evalon.ts';
import { createTestClock, type TestClock } from '../support/fake-clock.ts';
import { NO_WRITES } from '../support/no-writes.ts';
import { type Settings, startProxy } from '../support/proxy.ts';
import { median } from './figures.ts';

export const LONGEST_STATEMENT = 'longest statement';
const ROUNDS = 9;
const WARM_UP_MINUTES = 1;
const MINUTES = 3;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** The time from the proxy's start to its first poll of Evalon. */
const POLL_DELAY_MS = 11 * SECOND_MS;
/** The time from one poll to the next. */
const POLL_GAP_MS = 4 * SECOND_MS;
const PRUNE_INTERVAL_MS = 10 * MINUTE_MS;
const REPARSE_PAGE_SIZE = 100;

/** Milliseconds that statements took. */
interface StatementTimes {
  totalMs: number;
  longestMs: number;
  longestSql: string;
}

/** Times every statement that any connection prepares from now on. */
function timeStatements(): { times: StatementTimes; restore(): void } {
  const times: StatementTimes = { totalMs: 0, longestMs: 0, longestSql: '' };
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql);
    for (const method of ['all', 'get', 'run'] as const) {
      const execute = statement[method].bind(statement) as (...parameters: unknown[]) => unknown;
      Object.assign(statement, {
        [method]: (...parameters: unknown[]) => {
          const start = performance.now();
          try {
            return execute(...parameters);
          } finally {
            const ms = performance.now() - start;
            times.totalMs += ms;
            // The time of a commit depends on the disk, not on the number of rows.
            if (ms > times.longestMs && sql !== 'commit') Object.assign(times, { longestMs: ms, longestSql: sql });
          }
        },
      });
    }
    return statement;
  } as typeof prepare;
  return {
    times,
    restore() {
      Database.prototype.prepare = prepare;
    },
  };
}

export async function measureJobs(evalon: TestEvalon, settings: Settings): Promise<Record<string, number>> {
  const { times, restore } = timeStatements();
  try {
    const ticks = await measureTicks(evalon, settings, times);
    const startBlocks: number[] = [];
    const blocks: number[] = [];
    const totals: number[] = [];
    const longest: number[] = [];
    for (let minute = 0; minute < WARM_UP_MINUTES + MINUTES; minute++) {
      const { startBlockMs, blockMs } = await measureMinute(evalon, settings, times);
      console.log(`longest statement: ${times.longestMs.toFixed(1)} ms, ${times.longestSql.slice(0, 200)}`);
      if (minute < WARM_UP_MINUTES) continue;
      startBlocks.push(startBlockMs);
      blocks.push(blockMs);
      totals.push(times.totalMs);
      longest.push(times.longestMs);
    }
    return {
      ...ticks,
      'longest event loop block while jobs start': median(startBlocks),
      'longest event loop block in a minute of all jobs': median(blocks),
      'statements in a minute of all jobs': median(totals),
      [LONGEST_STATEMENT]: median(longest),
    };
  } finally {
    restore();
  }
}

/** Returns the median milliseconds of statements in one tick of each job. */
async function measureTicks(evalon: TestEvalon, settings: Settings, times: StatementTimes) {
  const clock = createTestClock({ startMs: Date.now() });
  const file = String(settings['DATABASE_URL']).slice('file:'.length);
  const store = await openStore(file, evalon.url, clock);
  const figures: Record<string, number> = {};
  for (const [name, runTick] of Object.entries(createTicks(store, clock, times))) {
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.totalMs = 0;
      await runTick();
      samples.push(times.totalMs);
    }
    figures[`statements of a tick: ${name}`] = median(samples);
  }
  await store.close();
  return figures;
}

/** Returns functions that each run one tick of a job, by the job's name. */
function createTicks(store: Store, clock: TestClock, times: StatementTimes): Record<string, () => Promise<void>> {
  const log = pino({ level: 'silent' });
  const metrics = createMetrics();
  const fieldMap = createFieldMap();
  const random = () => 0.5;
  const evalonNotReady = { readScorecard: () => Promise.reject(new ScorecardNotReady('')) };
  const runJob = (start: () => JobLoop) => async () => {
    const job = start();
    await clock.advance(0);
    await job.stop();
  };
  const failIfCalled = () => Promise.reject(new Error('a tick without work makes no call'));
  return {
    webhooks: runJob(() => startWebhookProcessor({ store, clock, log, ...NO_WRITES })),
    'webhooks that are not understood': runJob(() =>
      startWebhookReparser({ store, clock, log, fieldMap: () => fieldMap }),
    ),
    'claimed completions': runJob(() =>
      startCompletionVerifier({
        store,
        evalon: evalonNotReady,
        clock,
        log,
        random,
        isUnsigned: () => true,
        ...NO_WRITES,
        viewedCandidates: { getVisibility: () => 'none' },
        metrics,
      }),
    ),
    // No poll is due at the time 0, so the statement makes every lookup in both databases.
    'choice of a poll': async () => {
      await store.read(({ sessions }) => sessions.getNextPoll(new Date(0).toISOString()));
    },
    async polls() {
      const job = startReconciler({ store, evalon: evalonNotReady, clock, log, metrics, ...NO_WRITES });
      await clock.advance(POLL_DELAY_MS);
      // Exclude the statements of the job's start.
      times.totalMs = 0;
      await clock.advance(POLL_GAP_MS);
      await job.stop();
    },
    'overdue results': runJob(() => startOverdueMarker({ store, clock, log })),
    'progress of batches': runJob(() => startProgressPublisher({ store, clock, log })),
    batches: runJob(() =>
      startBatchWorker({
        store,
        clock,
        log,
        random,
        monitor: createInviteMonitor({ log, clock }),
        offeredAssessments: () => [],
        ...NO_WRITES,
        evalon: { createSession: failIfCalled, createSessions: failIfCalled },
        scheduler: { acquire: failIfCalled },
        batchPath: () => undefined,
      }),
    ),
    'answers after a change of the field map': async () => {
      await store.read(({ rawAnswers }) => rawAnswers.listOutdated('another version', REPARSE_PAGE_SIZE));
    },
    async retention() {
      // These times are so long that the tick has nothing to erase.
      const config = () => ({ retentionDays: 2_000, auditRetentionDays: 400 });
      const stop = startPruning({ store, clock, log, erase: failIfCalled, config });
      await clock.advance(PRUNE_INTERVAL_MS);
      stop();
    },
  };
}

/**
 * Starts a proxy, which makes at most 300 polls due, and runs its jobs for a minute. Returns the longest time for which
 * the event loop was blocked at the start, and in the minute after it. Afterwards `times` contains the statements of
 * both periods.
 */
async function measureMinute(
  evalon: TestEvalon,
  settings: Settings,
  times: StatementTimes,
): Promise<{ startBlockMs: number; blockMs: number }> {
  postponePolls(settings);
  const clock = createTestClock({ startMs: Date.now() });
  const proxy = await startProxy(evalon, settings, clock);
  Object.assign(times, { totalMs: 0, longestMs: 0, longestSql: '' });
  const startBlockMs = await measureBlock(async () => {
    for (let ms = 0; ms < POLL_DELAY_MS; ms += SECOND_MS) await clock.advance(SECOND_MS);
  });
  const blockMs = await measureBlock(async () => {
    for (let second = 0; second < 60; second++) await clock.advance(SECOND_MS);
    await proxy.context.metrics.render();
  });
  await proxy.close();
  return { startBlockMs, blockMs };
}

/**
 * Postpones the polls that earlier starts made due, so that even a small database has work at each start. These polls
 * are due some minutes in the future, because the simulated clocks ran faster than the wall clock.
 */
function postponePolls(settings: Settings): void {
  const database = new Database(String(settings['DATABASE_URL']).slice('file:'.length));
  const [soon, later] = [2, 24].map((hours) => new Date(Date.now() + hours * 60 * MINUTE_MS).toISOString());
  database.exec(`update sessions set poll_due_at = '${later}' where poll_due_at <= '${soon}'`);
  database.close();
}

/** Returns the longest time in milliseconds for which the event loop was blocked during the run. */
async function measureBlock(run: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await setImmediate();
  delay.enable();
  await run();
  delay.disable();
  const nanosecondsPerMs = 1e6;
  return delay.max / nanosecondsPerMs;
}
