/**
 * Verifies claimed completions: reads the scorecard with the API key. Drops a claim if Evalon responds for ten minutes
 * that the scorecard is not ready. If Evalon does not respond, keeps the claim for a day. Also rereads the result of a
 * completed session after a webhook that may report a changed result.
 */
import type { EvalonClient } from '../evalon/client.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import { updateSession } from '../sessions/session.ts';
import { LeaseLost } from '../store/job-store.ts';
import type { SessionRow } from '../store/schema.ts';
import type { CompletionClaim } from '../store/sessions.ts';
import type { Queries, Store } from '../store/store.ts';
import type { ViewedCandidates } from '../stream/viewed-candidates.ts';
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';
import { type ProxyError, ScorecardNotReady } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { fetchScorecard } from './fetch-scorecard.ts';
import { NO_CLAIM, storeAnswerWithoutResult, storeFinalScorecard } from './store-scorecard.ts';
import { createUnsignedReadBudget, UNSIGNED_REREAD_MS } from './unsigned-read-budget.ts';

const NOT_READY_TIMEOUT_MS = 10 * 60_000;
const UNREACHABLE_TIMEOUT_MS = 24 * 60 * 60_000;
/** Concurrent reads: enough for the whole rate limit even if Evalon takes 9 s for each. */
const MAX_READS = 20;
/** Number of reads and tokens reserved for candidates on a recruiter's screen. */
const RESERVED_FOR_ON_SCREEN = 5;
const READ_BACKOFF: Readonly<BackoffOptions> = { firstMs: 1_000, maxMs: 60_000, minFraction: 0.5 };
/**
 * Backoff after an invalid response. The maximum is long, so that a session with an unreadable scorecard costs few
 * calls.
 */
const INVALID_RESPONSE_BACKOFF: Readonly<BackoffOptions> = { firstMs: 1_000, maxMs: 15 * 60_000, minFraction: 0.5 };
/** Maximum number of attempts to reread the result of a completed session. */
const MAX_REREADS = 5;
/**
 * Pause after the proxy failed to store a result. The unsigned read budget does not count such a read, so this pause
 * limits the calls.
 */
const FAILURE_PAUSE_MS = 30_000;
const MAX_DUE_CLAIMS = 5_000;
/** Shortest time between two lookups of waiting claims, even if commits are more frequent. */
const MIN_LOOKUP_INTERVAL_MS = 250;
/** Longest time between two lookups while claims wait, because a candidate may appear on a recruiter's screen. */
const MAX_LOOKUP_INTERVAL_MS = 1_000;

export interface CompletionVerifierOptions extends ChangeOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  log: Log;
  /** Returns a number from 0 up to, but not including, 1. */
  random: () => number;
  /** Whether webhooks are unsigned, so that completions may be false. */
  isUnsigned: () => boolean;
  viewedCandidates: Pick<ViewedCandidates, 'getVisibility'>;
  metrics: Pick<Metrics, 'resultLag'>;
}

interface Choice {
  /** The sessions to read. */
  chosen: SessionRow[];
  /** Milliseconds until the next lookup. Undefined: the next commit or the end of a read triggers it. */
  nextMs: number | undefined;
  waitsForTokens?: boolean;
}

export function startCompletionVerifier(options: CompletionVerifierOptions): JobLoop {
  const { store, clock, log, isUnsigned, viewedCandidates } = options;
  const budget = createUnsignedReadBudget(options);
  const running = new Map<string, Promise<void>>();
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let nextLookupAt = Number.NEGATIVE_INFINITY;

  const getSessionVisibility = ({ candidate_key }: Pick<SessionRow, 'candidate_key'>) =>
    viewedCandidates.getVisibility(candidate_key);

  /**
   * Chooses claims to read now: first of candidates on a recruiter's screen, then of recently viewed candidates, then
   * others.
   */
  async function chooseClaims(queries: Queries, runningIds: ReadonlySet<string>): Promise<Choice> {
    const nextReadAt = await queries.sessions.getNextReadAt();
    if (nextReadAt === undefined) return { chosen: [], nextMs: undefined };
    const areWebhooksUnsigned = isUnsigned();
    const tokens = await budget.readTokens(queries, runningIds.size);
    const freeReads = Math.min(MAX_READS - runningIds.size, areWebhooksUnsigned ? tokens.free : MAX_READS);
    if (freeReads <= 0) return { chosen: [], nextMs: areWebhooksUnsigned ? tokens.refillMs : undefined };

    const emptyBefore = areWebhooksUnsigned ? store.dueClock.dueAt(-UNSIGNED_REREAD_MS) : undefined;
    const due = await queries.sessions.listDueClaims(store.dueClock.dueAt(), emptyBefore, MAX_DUE_CLAIMS);
    const isReread = ({ completion_claimed_at }: CompletionClaim) => completion_claimed_at === null;
    // First results come before results that may have changed.
    const waiting = due
      .filter(({ session_uuid }) => !runningIds.has(session_uuid))
      .sort((a, b) => Number(isReread(a)) - Number(isReread(b)));
    const { streaming = [], recent = [], none = [] } = Object.groupBy(waiting, getSessionVisibility);
    const onScreen = streaming.slice(0, freeReads);
    const freeForOthers = Math.max(freeReads - onScreen.length - RESERVED_FOR_ON_SCREEN, 0);
    const chosen: SessionRow[] = [];
    for (const { session_uuid } of [...onScreen, ...[...recent, ...none].slice(0, freeForOthers)]) {
      const session = await queries.sessions.get(session_uuid);
      if (session) chosen.push(session);
    }
    if (areWebhooksUnsigned && waiting.length > chosen.length) {
      // Alerts only if false claims, and not just running reads, delay the other claims.
      if (tokens.taken >= RESERVED_FOR_ON_SCREEN) budget.alertWaiting(waiting.length - chosen.length);
      return { chosen, nextMs: MAX_LOOKUP_INTERVAL_MS, waitsForTokens: true };
    }
    if (due.length) return { chosen, nextMs: undefined };
    return { chosen, nextMs: Math.max(store.dueClock.msUntil(nextReadAt), MIN_LOOKUP_INTERVAL_MS) };
  }

  async function read(session: SessionRow, wake: () => void): Promise<void> {
    try {
      await verifyCompletion(options, session, getSessionVisibility(session) === 'streaming');
    } catch (error) {
      if (!(error instanceof LeaseLost)) {
        log.error({ err: error, session: store.hash(session.session_uuid) }, 'failed to verify a claimed completion');
      }
      pausedUntil = clock.monotonic() + (isUnsigned() ? FAILURE_PAUSE_MS : READ_BACKOFF.firstMs);
    }
    running.delete(session.session_uuid);
    nextLookupAt = Number.NEGATIVE_INFINITY;
    wake();
  }

  async function tick(wake: () => void): Promise<number | undefined> {
    const waitMs = Math.max(pausedUntil, nextLookupAt) - clock.monotonic();
    if (waitMs > 0) return waitMs;
    // A read that ends during the query still counts as running, because the query may not see its result.
    const runningIds = new Set(running.keys());
    nextLookupAt = clock.monotonic() + MIN_LOOKUP_INTERVAL_MS;
    const { chosen, nextMs, waitsForTokens } = await store.read((queries) => chooseClaims(queries, runningIds));
    if (chosen.length || !waitsForTokens) nextLookupAt = Number.NEGATIVE_INFINITY;
    for (const session of chosen) running.set(session.session_uuid, read(session, wake));
    return nextMs;
  }

  const loop = startJobLoop({ store, clock, log, name: 'verify-completions', tables: ['sessions'], tick });
  return {
    async stop() {
      await loop.stop();
      await Promise.all(running.values());
    },
  };
}

async function verifyCompletion(
  options: CompletionVerifierOptions,
  session: SessionRow,
  isOnScreen: boolean,
): Promise<void> {
  const { store, evalon, log, metrics } = options;
  const { session_uuid, completion_claimed_at } = session;
  const priority = isOnScreen ? 'interactive' : 'background';
  const read = await fetchScorecard(evalon, session, { priority, maxWaitMs: Number.POSITIVE_INFINITY });
  const { scorecard, answer, error } = read;
  if (scorecard) {
    await store.write(async (queries) => {
      const result = await storeFinalScorecard(queries, options, scorecard, answer);
      if (result && !result.isChanged) await recordEmptyRead(queries, session_uuid);
    });
    if (completion_claimed_at !== null)
      metrics.resultLag.observe(-store.dueClock.msUntil(completion_claimed_at) / 1_000);
  } else if (error) {
    log.info({ session: store.hash(session_uuid), code: error.code }, 'a claimed completion is not confirmed yet');
    await store.write(async (queries) => {
      await storeAnswerWithoutResult(queries, session_uuid, read);
      await postponeOrDrop(queries, options, session, error);
    });
  }
}

/** Takes a token of the unsigned budget for a read that changed nothing. */
async function recordEmptyRead({ sessions, dueClock }: Queries, sessionUuid: string): Promise<void> {
  const session = await sessions.get(sessionUuid);
  if (session) await sessions.upsert({ ...session, last_empty_read_at: dueClock.dueAt() });
}

/** Schedules the next read, or drops the claim if it has waited too long. */
async function postponeOrDrop(
  queries: Queries,
  options: CompletionVerifierOptions,
  { session_uuid }: SessionRow,
  error: ProxyError,
): Promise<void> {
  const { random, isUnsigned } = options;
  const { dueAt, msUntil } = queries.dueClock;
  const isEmpty = error instanceof ScorecardNotReady;
  const stored = await queries.sessions.get(session_uuid);
  if (!stored) return;
  const session = isEmpty ? { ...stored, last_empty_read_at: dueAt() } : stored;
  const hasNoMoreRereads = isEmpty || session.read_attempts >= MAX_REREADS;
  if (!session.completion_claimed_at && (session.scorecard === null || hasNoMoreRereads)) {
    await queries.sessions.upsert({ ...session, ...NO_CLAIM });
    return;
  }
  const not_ready_since = isEmpty ? (session.not_ready_since ?? dueAt()) : null;
  const waitedSince = not_ready_since ?? session.completion_claimed_at ?? dueAt();
  const waitedMs = -msUntil(waitedSince);
  if (waitedMs >= (not_ready_since ? NOT_READY_TIMEOUT_MS : UNREACHABLE_TIMEOUT_MS)) {
    await updateSession(queries, options, session, NO_CLAIM);
    return;
  }
  const read_attempts = session.read_attempts + 1;
  const backoff = error.status === 502 ? INVALID_RESPONSE_BACKOFF : READ_BACKOFF;
  const backoffMs = (error.retryAfterSeconds ?? 0) * 1_000 + backoffDelayMs(backoff, read_attempts, random);
  const delayMs = Math.max(backoffMs, isEmpty && isUnsigned() ? UNSIGNED_REREAD_MS : 0);
  await queries.sessions.upsert({ ...session, not_ready_since, read_attempts, read_due_at: dueAt(delayMs) });
}
