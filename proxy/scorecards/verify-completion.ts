/**
 * Turns a claimed completion into a fact by reading the scorecard with the API key. A claim whose scorecard stays
 * away for ten minutes is dropped; while Evalon itself is away, it is kept.
 */

import type { Scorecard } from '../contract/scorecard.ts';
import type { EvalonClient } from '../evalon/client.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import { updateSession } from '../sessions/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import type { ViewedCandidates } from '../stream/viewed-candidates.ts';
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { ProxyError, RateLimited, ScorecardNotReady } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { type Choice, kindOf, LOOKED_AT, type Room, rationReads } from './unsigned-read-budget.ts';

/** Milliseconds that Evalon may answer "not ready" to a claim. */
const NOT_READY_LIMIT_MS = 10 * 60_000;
/** Milliseconds that a claim is kept while Evalon cannot be asked. */
const UNREACHABLE_LIMIT_MS = 24 * 60 * 60_000;
/** Scorecards read at the same time, or waiting for their turn: 100 a minute also where Evalon takes 9 s for each. */
const MAX_READS: Readonly<Room> = { close: 4, others: 16 };
/** Milliseconds between the first reads. */
const FIRST_RETRY_MS = 1_000;
const READ_BACKOFF: Readonly<BackoffOptions> = { firstMs: FIRST_RETRY_MS, maxMs: 60_000, minFraction: 0.5 };
/** Milliseconds without reads after one whose outcome could not be stored: misses that nobody counts must stay few. */
const FAILURE_PAUSE_MS = 30_000;

export interface CompletionVerifierOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  clock: Clock;
  log: Log;
  /** 0 up to 1, spreads the reads. */
  random: () => number;
  /** Whether anybody may have claimed the completions: nobody signs them at the moment. */
  isUnsigned: () => boolean;
  /** Which doubtful claims come first. */
  viewedCandidates: Pick<ViewedCandidates, 'getVisibility'>;
  metrics: Pick<Metrics, 'resultLag'>;
}

export function startCompletionVerifier(options: CompletionVerifierOptions): JobLoop {
  const { store, clock, log, isUnsigned: doubtful, viewedCandidates: attention } = options;
  const ration = rationReads(options);
  const underWay = new Map<string, { kind: keyof Room; reading: Promise<void> }>();
  /** Evalon has said that it is asked too much: nothing is read before that. */
  let notBefore = 0;

  function hold(ms: number): void {
    notBefore = Math.max(notBefore, clock.now() + ms);
  }

  async function read(session: SessionRow): Promise<boolean> {
    return verifyCompletion(options, session, hold).catch((error: unknown) => {
      log.error(
        { err: error, session: store.hash(session.session_uuid) },
        'a claimed completion could not be looked at',
      );
      hold(doubtful() ? FAILURE_PAUSE_MS : FIRST_RETRY_MS);
      return false;
    });
  }

  const kind = ({ candidate_key }: Pick<SessionRow, 'candidate_key'>) => kindOf(attention.getVisibility(candidate_key));

  /** The longest due first, of each kind. */
  async function choose(busy: ReadonlySet<string>, { ...room }: Room): Promise<Choice> {
    return store.read(async (queries) => {
      const due = await queries.sessions.listDueClaims(timestamp(clock), undefined, LOOKED_AT);
      const chosen: SessionRow[] = [];
      for (const claim of due.reverse().filter(({ session_uuid }) => !busy.has(session_uuid))) {
        if (room[kind(claim)] <= 0) continue;
        room[kind(claim)] -= 1;
        const session = await queries.sessions.get(claim.session_uuid);
        if (session) chosen.push(session);
      }
      if (due.length) return { sessions: chosen, again: undefined };
      const next = await queries.sessions.getNextReadAt();
      return { sessions: [], again: next === undefined ? undefined : Math.max(Date.parse(next) - clock.now(), 0) };
    });
  }

  /** Starts as many reads as there is room for; each one that ends wakes the next round. */
  async function round(wake: () => void): Promise<number | undefined> {
    const wait = notBefore - clock.now();
    if (wait > 0) return wait;
    const room = { ...MAX_READS };
    for (const read of underWay.values()) room[read.kind] -= 1;
    if (room.close <= 0 && room.others <= 0) return undefined;
    // A read that ends while we look still counts as under way: what we see may be older than its end.
    const busy = new Set(underWay.keys());
    const { sessions, again } = await (doubtful() ? ration.choose(busy, room) : choose(busy, room));
    for (const session of sessions) {
      const reading = read(session).then((found) => {
        underWay.delete(session.session_uuid);
        ration.ended(found);
        wake();
      });
      underWay.set(session.session_uuid, { kind: kind(session), reading });
    }
    return again;
  }

  const worker = startJobLoop({ store, clock, log, name: 'confirm', tables: ['sessions'], tick: round });
  return {
    async stop() {
      await worker.stop();
      await Promise.all([...underWay.values()].map(({ reading }) => reading));
    },
  };
}

/** Answers whether there was a scorecard. */
async function verifyCompletion(
  { store, evalon, clock, log, random, viewedCandidates: attention, metrics }: CompletionVerifierOptions,
  session: SessionRow,
  hold: (ms: number) => void,
): Promise<boolean> {
  try {
    const lane = kindOf(attention.getVisibility(session.candidate_key)) === 'close' ? 'watched' : 'read';
    const scorecard = await evalon.readScorecard(session, { priority: lane });
    await store.write((queries) => storeFinalScorecard(queries, clock, scorecard));
    metrics.resultLag.observe((clock.now() - Date.parse(session.claimed_at ?? timestamp(clock))) / 1_000);
    return true;
  } catch (error) {
    if (!(error instanceof ProxyError)) throw error;
    log.info(
      { session: store.hash(session.session_uuid), code: error.code },
      'a claimed completion could not be confirmed yet',
    );
    const asked = (error.retryAfter ?? 0) * 1_000;
    if (error instanceof RateLimited) hold(asked + random() * FIRST_RETRY_MS);
    await store.write((queries) => postponeOrDrop(queries, clock, session, error, asked, random));
    return false;
  }
}

/** Sets when to read again, or drops the claim where that has gone on for too long. */
async function postponeOrDrop(
  queries: Queries,
  clock: Clock,
  { session_uuid }: SessionRow,
  error: ProxyError,
  asked: number,
  random: () => number,
): Promise<void> {
  const held = await queries.sessions.get(session_uuid);
  const isMiss = error instanceof ScorecardNotReady;
  if (!held || !(isMiss || held.claimed_at)) return;
  const session = isMiss ? { ...held, last_empty_read_at: timestamp(clock) } : held;
  if (!session.claimed_at) {
    await queries.sessions.upsert(session);
    return;
  }
  const not_ready_since = isMiss ? (session.not_ready_since ?? timestamp(clock)) : null;
  const waited = clock.now() - Date.parse(not_ready_since ?? session.claimed_at);
  if (waited >= (not_ready_since ? NOT_READY_LIMIT_MS : UNREACHABLE_LIMIT_MS)) {
    await updateSession(queries, clock, session, CLEARED_CLAIM);
    return;
  }
  const read_attempts = session.read_attempts + 1;
  const read_after = timestamp(clock, asked + backoffDelayMs(READ_BACKOFF, read_attempts, random));
  await queries.sessions.upsert({ ...session, not_ready_since, read_attempts, read_after });
}

const CLEARED_CLAIM = { claimed_at: null, not_ready_since: null, read_after: null, read_attempts: 0 };

/**
 * Stores a scorecard as final and the session as completed, unless that is so already; answers the final one, or
 * undefined where the session is gone.
 */
export async function storeFinalScorecard(
  queries: Queries,
  clock: Clock,
  read: Scorecard,
): Promise<Scorecard | undefined> {
  const session = await queries.sessions.get(read.session_uuid);
  if (!session) return undefined;
  if (session.scorecard !== null) return JSON.parse(session.scorecard) as Scorecard;
  const scorecard = { ...read, assessment_type: session.assessment_type ?? read.assessment_type };
  await updateSession(queries, clock, session, {
    ...CLEARED_CLAIM,
    status: 'completed',
    assessment_type: scorecard.assessment_type,
    last_event: null,
    completed_at: scorecard.completed_at ?? timestamp(clock),
    scorecard: JSON.stringify(scorecard),
    overall: scorecard.overall,
  });
  return scorecard;
}
