/**
 * Works batches off: each in its turn, up to 100 rows a call by the batch endpoint, or one by one where there is none or
 * it was of no use. A row is queued until its one outcome is stored, so that after a crash it is simply asked for again:
 * Evalon is idempotent, and our own store tells new from existing.
 */

import type { EvalonClient } from '../evalon/client.ts';
import { EndpointMissing, KeyRefused } from '../evalon/errors.ts';
import { startWorker, type Worker } from '../jobs/job-loop.ts';
import type { Store } from '../store/store.ts';
import { type Backoff, backoff } from '../util/backoff.ts';
import { ProxyError, RateLimited } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { matchItems } from './match-results.ts';
import {
  type AskedRow,
  claimRows,
  MOST_AT_ONCE,
  type OutcomeOptions,
  type Reply,
  replyOf,
  replyOfFailure,
  settleRow,
} from './row-result.ts';

/** Calls that are handed in or under way at the same time. */
const CALLS = 4;
/** Milliseconds that it is remembered that Evalon has no batch endpoint. */
const NO_BATCH_FOR = 60 * 60_000;
/** Outcomes stored in one transaction, so that webhooks need not wait for long. */
const STORED_AT_ONCE = 25;
/** Without a call, beyond what Evalon asks for. */
const HOLD: Readonly<Backoff> = { first: 1_000, longest: 60_000, least: 0.5 };
/** Milliseconds until the rows of a call whose outcome could not be stored are looked for again. */
const LOOK_AGAIN = 1_000;

/** How many rows a call carries, and of which kind: those that a batch call was of no use for go by themselves. */
const TOGETHER_FIRST: readonly Kind[] = [
  { most: MOST_AT_ONCE, singly: 0 },
  { most: 1, singly: 1 },
];
const SINGLY: readonly Kind[] = [{ most: 1 }];

interface Kind {
  most: number;
  singly?: 0 | 1;
}

/** Calls `call`, which makes one request of Evalon at the most, when it is its turn; `signal` ends the wait for that. */
export type InTurn = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export interface BulkOptions extends OutcomeOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'createSession' | 'createSessions'>;
  log: Log;
  /** Where the batch endpoint is, now; undefined while it is off. */
  batchPath: () => string | undefined;
  inTurn: InTurn;
}

export function startBulk(options: BulkOptions): Worker {
  const { store, evalon, clock, log, random, inTurn } = options;
  const ending = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** Calls that are handed in and have not begun. */
  let waiting = 0;
  let lastBatch = 0;
  let notBefore = 0;
  let failures = 0;
  const missing = { path: '', until: 0 };
  let isReleased = false;

  const isOn = () => {
    const path = options.batchPath();
    return path !== undefined && (path !== missing.path || clock.now() >= missing.until);
  };

  /** Rows of the next batch that cannot be settled without a call; none where there is nothing to do. */
  async function claim(together: boolean): Promise<AskedRow[]> {
    if (clock.now() < notBefore) return [];
    const batch = await store.read(({ batches }) => batches.turn(lastBatch));
    if (!batch) return [];
    lastBatch = batch.id;
    const kinds = together ? TOGETHER_FIRST : SINGLY;
    for (const { most, singly } of kinds) {
      const asked: AskedRow[] = [];
      while (asked.length < most && !ending.signal.aborted) {
        const left = most - asked.length;
        const claimed = await store.write((queries) => claimRows(queries, options, batch, left, singly));
        asked.push(...claimed.asked);
        if (!claimed.known) break;
      }
      if (asked.length) return asked;
    }
    return [];
  }

  async function ask(asked: readonly AskedRow[], together: boolean): Promise<Reply[]> {
    const invites = asked.map(({ row, wanted }) => ({ ...wanted, candidate_email: row.candidate_key }));
    const [only] = invites;
    if (!together) return only ? [await evalon.createSession(only)] : [];
    const items = await evalon.createSessions(invites);
    const people = asked.map(({ row, batch }) => ({ ...row, project_id: batch.project_id }));
    return matchItems(people, items).map((item) => replyOf(item, clock.now()));
  }

  /** What Evalon's answer, or its silence, means for the calls that follow. */
  function heed(error?: ProxyError): void {
    if (error instanceof EndpointMissing) {
      missing.path = options.batchPath() ?? '';
      missing.until = clock.now() + NO_BATCH_FOR;
      log.warn('Evalon has no batch endpoint at EVALON_BATCH_PATH: candidates are invited one by one');
    } else if (error instanceof RateLimited || error instanceof KeyRefused || error?.status === 503) {
      failures += 1;
      hold((error.retryAfter ?? 0) * 1_000 + backoff(HOLD, failures, random));
    } else {
      failures = 0;
    }
  }

  function hold(ms: number): void {
    notBefore = Math.max(notBefore, clock.now() + ms);
  }

  async function call(begin: () => void): Promise<void> {
    const carried: { asked?: AskedRow[]; together: boolean } = { together: false };
    let replies: Reply[];
    try {
      replies = await inTurn(async () => {
        begin();
        const hasEndpoint = isOn();
        carried.asked ??= await claim(hasEndpoint);
        carried.together = hasEndpoint && carried.asked[0]?.row.singly === 0;
        return ask(carried.asked, carried.together);
      }, ending.signal);
      if (replies.length) heed();
    } catch (error) {
      if (!(error instanceof ProxyError) || !carried.asked?.length) throw error;
      log.info({ code: error.code, rows: carried.asked.length }, 'Evalon could not be asked for candidates of a batch');
      heed(error);
      replies = carried.asked.map(() => replyOfFailure(error, carried.together));
    }
    await settle(carried.asked ?? [], replies);
  }

  async function settle(asked: readonly AskedRow[], replies: readonly Reply[]): Promise<void> {
    // Rows of one call fall due together, so that the next call carries them together.
    const roll = random();
    const together = { ...options, random: () => roll };
    for (let at = 0; at < asked.length; at += STORED_AT_ONCE) {
      await store.write(async (queries) => {
        for (const [index, row] of asked.slice(at, at + STORED_AT_ONCE).entries()) {
          await settleRow(queries, together, row, replies[at + index] ?? 'unclear');
        }
      });
    }
  }

  function start(wake: () => void): void {
    let hasBegun = false;
    waiting += 1;
    const begin = () => {
      if (!hasBegun) waiting -= 1;
      hasBegun = true;
    };
    const calling = call(begin)
      .catch((error: unknown) => {
        const isFault = !(error instanceof ProxyError) && !ending.signal.aborted;
        if (isFault) log.error({ err: error }, 'a batch could not be worked off and will be tried again');
        else log.info({ err: error }, 'a batch has to wait');
        hold(LOOK_AGAIN);
      })
      .finally(() => {
        begin();
        underWay.delete(calling);
        wake();
      });
    underWay.add(calling);
  }

  async function round(wake: () => void): Promise<number | undefined> {
    if (!isReleased) await store.write(({ batches }) => batches.release());
    isReleased = true;
    const wait = notBefore - clock.now();
    if (wait > 0) return wait;
    if (underWay.size >= CALLS) return undefined;
    const { singly, together } = await store.read(({ batches }) => batches.load(CALLS * MOST_AT_ONCE));
    const calls = singly + (isOn() ? Math.ceil(together / MOST_AT_ONCE) : together);
    for (let free = Math.min(CALLS - underWay.size, calls - waiting); free > 0; free--) start(wake);
    if (underWay.size) return undefined;
    const next = await store.read(({ batches }) => batches.nextDue());
    return next === undefined ? undefined : Math.max(Date.parse(next) - clock.now(), LOOK_AGAIN);
  }

  const worker = startWorker({ store, clock, log, name: 'bulk', tables: ['batches', 'batch_rows'], round });
  return {
    async stop() {
      ending.abort();
      await worker.stop();
      await Promise.all(underWay);
    },
  };
}
