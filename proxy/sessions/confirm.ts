/**
 * Turns a claimed completion into a fact by reading the scorecard with the API key. A claim whose scorecard stays
 * away for ten minutes is dropped; while Evalon itself is away, it is kept.
 */
import { type Clock, timestamp } from '../clock.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import { NotReady, ProxyError } from '../errors.ts';
import type { EvalonClient } from '../evalon/client.ts';
import type { Log } from '../log.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { storeChange } from './session.ts';
import { startWorker, type Worker } from './worker.ts';

/** Milliseconds that a claim may stay without a scorecard. */
const NOT_READY_LIMIT = 10 * 60_000;
/** Milliseconds that a claim is kept while Evalon cannot be asked. */
const UNREACHABLE_LIMIT = 24 * 60 * 60_000;
/** Scorecards read at the same time. */
const CONCURRENCY = 4;
/** Milliseconds between the first reads, and at the most between later ones. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

export interface ConfirmOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  clock: Clock;
  log: Log;
  /** 0 up to 1, spreads the reads. */
  random: () => number;
}

export function startConfirm(options: ConfirmOptions): Worker {
  const { store, clock, log } = options;

  async function round(): Promise<number | undefined> {
    const due = await store.read(({ sessions }) => sessions.toRead(timestamp(clock), CONCURRENCY));
    await Promise.all(due.map((session) => confirm(options, session)));
    const next = await store.read(({ sessions }) => sessions.nextRead());
    return next === undefined ? undefined : Math.max(Date.parse(next) - clock.now(), 0);
  }
  return startWorker({ store, clock, log, name: 'confirm', round });
}

async function confirm({ store, evalon, clock, log, random }: ConfirmOptions, session: SessionRow): Promise<void> {
  try {
    const scorecard = await evalon.readScorecard(session.session_uuid);
    await store.write((queries) => complete(queries, clock, scorecard));
  } catch (error) {
    if (!(error instanceof ProxyError)) throw error;
    const claimedFor = clock.now() - Date.parse(session.claimed_at ?? session.updated_at);
    const patience = error instanceof NotReady ? NOT_READY_LIMIT : UNREACHABLE_LIMIT;
    log.info(
      { session_uuid: session.session_uuid, code: error.code },
      'a claimed completion could not be confirmed yet',
    );
    await store.write(async (queries) => {
      const now = await queries.sessions.get(session.session_uuid);
      if (!now?.claimed_at) return;
      if (claimedFor >= patience) {
        await storeChange(queries, clock, now, { claimed_at: null, read_after: null, read_attempts: 0 });
      } else {
        const attempts = now.read_attempts + 1;
        const pause = Math.max(pauseAfter(attempts, random), (error.retryAfter ?? 0) * 1_000);
        await queries.sessions.put({ ...now, read_attempts: attempts, read_after: timestamp(clock, pause) });
      }
    });
  }
}

/** Exponential, bounded, with equal jitter, so that many claims of one moment spread out. */
function pauseAfter(attempts: number, random: () => number): number {
  const longest = Math.min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE);
  return longest / 2 + (random() * longest) / 2;
}

/** Stores a scorecard as final and the session as completed; does nothing where that is so already. */
export async function complete(queries: Queries, clock: Clock, scorecard: Scorecard): Promise<void> {
  const session = await queries.sessions.get(scorecard.session_uuid);
  if (!session || session.status === 'completed') return;
  const assessment_type = session.assessment_type ?? scorecard.assessment_type;
  await storeChange(queries, clock, session, {
    status: 'completed',
    assessment_type,
    last_event: null,
    completed_at: scorecard.completed_at ?? timestamp(clock),
    scorecard: JSON.stringify({ ...scorecard, assessment_type }),
    claimed_at: null,
    read_after: null,
    read_attempts: 0,
  });
}
