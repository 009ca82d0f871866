/**
 * Delivers the outbox into the ATSs: at least once, in order for each session and target, with bounded retries. A crash
 * repeats a write, and the writer then finds that it is there.
 */
import { describeWriteProblem, type WriteResult, type Writer } from '../ats/writer.ts';
import type { Config } from '../config/config.ts';
import type { WriteTarget } from '../config/write-back.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { needsLink } from '../sessions/enqueue-writes.ts';
import type { OutboxChange } from '../store/outbox.ts';
import type { OutboxRow, SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { backoffDelayMs } from '../util/backoff.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { buildRowEntry, findTarget } from './build-entry.ts';
import { updateSessionWrites } from './update-session.ts';

/** Rows claimed at a time. Their deadlines together are shorter than the lease. */
const BATCH_SIZE = 5;
const WRITE_TIMEOUT_MS = 15_000;
const LEASE_MS = 120_000;
/** After about five hours of failures a row becomes a dead letter. */
const MAX_ATTEMPTS = 15;
/** A refusal because of the rate limit counts as an attempt only if the row is older. */
const MAX_RATE_LIMITED_MS = 7 * 24 * 60 * 60_000;
/** While a row of the same session is in progress, the next one is due but can't be claimed. */
const MIN_WAIT_MS = 1_000;
const BACKOFF = { firstMs: 5_000, maxMs: 1_800_000, minFraction: 0.5 };

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  random: () => number;
  metrics: Pick<Metrics, 'atsWrites'>;
  config: () => Pick<Config, 'writeBack' | 'assessments' | 'ats'>;
  writers: () => ReadonlyMap<string, Writer>;
  getResultUrl: (sessionUuid: string) => string;
}

export function startWriteBack(options: Options): JobLoop {
  const { store, clock, log, random, metrics, config, writers, getResultUrl } = options;
  const shutdown = new AbortController();

  async function tick(): Promise<number | undefined> {
    const rows = await store.write(({ outbox, dueClock }) =>
      outbox.claimDue('ats', dueClock.dueAt(LEASE_MS), BATCH_SIZE),
    );
    if (!rows.length) {
      const next = await store.read(({ outbox }) => outbox.getNextDueAt('ats'));
      return next === undefined ? undefined : Math.max(store.dueClock.msUntil(next), MIN_WAIT_MS);
    }
    // Different ATSs do not wait for each other.
    const byAts = Map.groupBy(rows, ({ target }) => target.split(':')[0]);
    await Promise.all([...byAts.values()].map(deliverInOrder));
    return 0;
  }

  async function deliverInOrder(rows: readonly OutboxRow[]): Promise<void> {
    for (const row of rows) {
      if (shutdown.signal.aborted) await release(row);
      else await deliver(row);
    }
  }

  /** Ends the lease of a row that was claimed but not tried, so that the next process need not wait for it. */
  async function release({ id, attempts, may_be_written }: OutboxRow): Promise<void> {
    const change = { attempts: attempts - 1, may_be_written, due_at: store.dueClock.dueAt() };
    await store.write(({ outbox }) => outbox.update(id, change));
  }

  async function deliver(row: OutboxRow): Promise<void> {
    const session = await store.read(({ sessions }) => sessions.get(row.session_uuid));
    // An erasure has deleted the row too.
    if (!session) return;
    const writer = writers().get(row.target);
    const target = findTarget(config().writeBack, row);
    if (target?.as === 'link' && !needsLink(session)) {
      await store.write(async (queries) => {
        await queries.outbox.delete(row.id);
        await updateSessionWrites(queries, { clock, config }, row.session_uuid);
      });
      return;
    }
    const change =
      writer && target
        ? toChange(row, writer, await write(row, session, target, writer))
        : { ...finish('failed', 'not_configured'), may_be_written: row.may_be_written };
    await store.write(async (queries) => {
      await queries.outbox.update(row.id, change);
      await updateSessionWrites(queries, { clock, config }, row.session_uuid);
    });
  }

  async function write(row: OutboxRow, session: SessionRow, target: WriteTarget, writer: Writer): Promise<WriteResult> {
    const { session_uuid, application_id, candidate_key } = session;
    const sessionId = store.hash(session_uuid);
    const { assessments } = config();
    const { entry, marker } = buildRowEntry(row, {
      session,
      target,
      assessments,
      sessionId,
      resultUrl: getResultUrl(session_uuid),
    });
    const timeout = new AbortController();
    const signal = AbortSignal.any([timeout.signal, shutdown.signal]);
    const cancelTimeout = clock.runAfter(WRITE_TIMEOUT_MS, () => timeout.abort('the ATS did not respond in time'));
    try {
      const applicationId = application_id ?? '';
      const mayBeWritten = row.may_be_written === 1;
      return await writer.write(
        { applicationId, candidateKey: candidate_key, sessionId, marker, mayBeWritten, entry },
        signal,
      );
    } catch (error) {
      // A fault of this proxy. It counts as an attempt, so that the row does not stay pending forever.
      log.error(
        { err: error, ats: writer.ats, session: sessionId },
        'failed to write into an ATS; it will be tried again',
      );
      return { outcome: 'retry', retryAfterSeconds: 0, reason: 'unavailable', mayBeWritten: true };
    } finally {
      cancelTimeout();
    }
  }

  function toChange(row: OutboxRow, { ats, label }: Writer, result: WriteResult): OutboxChange {
    metrics.atsWrites.inc({ ats, outcome: result.outcome === 'failed' ? result.problem : result.outcome });
    const facts = { ats, session: store.hash(row.session_uuid), version: row.version };
    if (result.outcome === 'written' || result.outcome === 'found') {
      const mayBeDuplicate = result.copies === undefined ? row.may_be_written === 1 : result.copies > 1;
      if (mayBeDuplicate) {
        log.warn({ alert: 'ats_write_duplicate', ...facts }, 'an ATS may show an entry twice, after a lost response');
      }
      return { ...finish('delivered', null), may_be_written: 0, may_be_duplicate: mayBeDuplicate ? 1 : 0 };
    }
    const mayBeWritten = row.may_be_written === 1 || (result.outcome === 'retry' && result.mayBeWritten);
    const may_be_written = mayBeWritten ? 1 : 0;
    if (result.outcome === 'retry' && result.reason === 'rate_limited' && !isOld(row)) {
      // The ATS did nothing, so this is no attempt.
      const due_at = dueAfter(row, result.retryAfterSeconds);
      return { attempts: row.attempts - 1, problem: 'rate_limited', may_be_written, due_at };
    }
    const problem = result.outcome === 'failed' ? result.problem : result.reason;
    // A key can be corrected. Another failure stays.
    const isFinal = (result.outcome === 'failed' && problem !== 'credentials') || row.attempts >= MAX_ATTEMPTS;
    if (isFinal) {
      const sentence =
        result.outcome === 'failed' ? describeWriteProblem(label, result.problem) : `${label} did not respond.`;
      log.error({ alert: 'ats_write_failed', problem, ...facts }, `moved a write to the dead letters: ${sentence}`);
      return { ...finish('failed', problem), may_be_written };
    }
    if (problem === 'credentials') {
      log.error({ alert: 'ats_key_refused', ats }, 'an ATS refused its credentials, or they lack permission to write');
    }
    const due_at = dueAfter(row, result.outcome === 'retry' ? result.retryAfterSeconds : 0);
    return { problem, may_be_written, due_at };
  }

  function dueAfter({ attempts }: OutboxRow, retryAfterSeconds: number): string {
    return store.dueClock.dueAt(retryAfterSeconds * 1_000 + backoffDelayMs(BACKOFF, Math.max(attempts, 1), random));
  }

  function isOld({ created_at }: OutboxRow): boolean {
    return clock.now() - Date.parse(created_at) > MAX_RATE_LIMITED_MS;
  }

  function finish(state: 'delivered' | 'failed', problem: string | null): OutboxChange {
    return { state, problem, due_at: null, finished_at: timestamp(clock) };
  }

  const loop = startJobLoop({ store, clock, log, name: 'write-back', tables: ['outbox'], tick });
  return {
    /** Does not wait for an ATS that does not respond. */
    stop() {
      shutdown.abort('the proxy stops');
      return loop.stop();
    },
  };
}
