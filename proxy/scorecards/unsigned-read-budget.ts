/**
 * Which claimed completions are read where nobody signs them: whoever knows the webhook's address can claim them by the
 * thousand, and each false one costs a call to Evalon. Such misses are rationed, for all and for each session, and
 * counted in the store; what somebody has on screen comes first. A read that finds a scorecard costs nothing.
 */

import { STATUS_RANK } from '../contract/status.ts';
import type { SessionRow } from '../store/schema.ts';
import type { CompletionClaim } from '../store/sessions.ts';
import type { Queries, Store } from '../store/store.ts';
import type { ViewedCandidates, Visibility } from '../stream/viewed-candidates.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

/** Milliseconds in which misses are counted, each from its answer on. */
const WINDOW = 60_000;
/** Milliseconds between two misses of one session. */
const SESSION_WINDOW = 120_000;
/** Misses in any WINDOW from which on a claim waits: what is on nobody's screen leaves half to the others. */
const RATION: Readonly<Record<Visibility, number>> = { none: 5, asked: 7, watched: 10 };
/** Milliseconds between two reads for equally close ones from that half, so that one wave does not take all of it. */
const SPACING = 3_000;
/** Claims looked at, the latest due first. */
export const LOOKED_AT = 5_000;
/** Milliseconds between two looks while claims wait: when commits wake us, and when only attention can have changed. */
const LOOK_EVERY = 250;
const LOOK_AGAIN = 1_000;

/** Reads that may start: of what somebody has on screen, and of the rest, so that neither waits for the other. */
export interface Room {
  close: number;
  others: number;
}

/** For whom there is room. */
export function kindOf(closeness: Visibility): keyof Room {
  return closeness === 'none' ? 'others' : 'close';
}

export interface Choice {
  sessions: SessionRow[];
  /** Milliseconds until the next look; undefined: at the next commit, or when a read has ended. */
  again: number | undefined;
}

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  viewedCandidates: Pick<ViewedCandidates, 'getVisibility'>;
}

export function rationReads({ store, clock, log, viewedCandidates: attention }: Options) {
  let restUntil = 0;
  /** When a read beyond what is for everybody was last started. */
  const keptUsedAt = new Map<Visibility, number>();
  let warnedAt = Number.NEGATIVE_INFINITY;

  async function look({ sessions }: Queries, underWay: ReadonlySet<string>, { ...room }: Room): Promise<Choice> {
    const now = clock.now();
    const misses = await sessions.listEmptyReadTimes(timestamp(clock, -WINDOW), RATION.watched);
    let used = misses.length + underWay.size;
    if (used >= RATION.watched) return rest(Date.parse(misses.at(-1) ?? timestamp(clock)) + WINDOW - now);

    const missedBefore = timestamp(clock, -SESSION_WINDOW);
    const claims = await sessions.listDueClaims(timestamp(clock), missedBefore, LOOKED_AT);
    const waiting = claims.filter(({ session_uuid }) => !underWay.has(session_uuid)).map(ranked);
    waiting.sort(byUrgency);
    const chosen: SessionRow[] = [];
    for (const { session_uuid, closeness } of waiting) {
      if (used >= RATION[closeness]) break;
      if (room[kindOf(closeness)] <= 0) continue;
      if (used >= RATION.none) {
        if (now - (keptUsedAt.get(closeness) ?? Number.NEGATIVE_INFINITY) < SPACING) break;
        keptUsedAt.set(closeness, now);
      }
      const session = await sessions.get(session_uuid);
      if (session) chosen.push(session);
      room[kindOf(closeness)] -= 1;
      used += 1;
    }
    if (waiting.length > chosen.length) {
      if (misses.length >= RATION.none) warn(waiting.length - chosen.length);
      return { ...rest(LOOK_EVERY), sessions: chosen, again: LOOK_AGAIN };
    }
    if (underWay.size + chosen.length) return { sessions: chosen, again: undefined };
    return { sessions: [], again: await nextDue({ sessions }, missedBefore) };
  }

  function rest(ms: number): Choice {
    restUntil = clock.now() + ms;
    return { sessions: [], again: ms };
  }

  async function nextDue({ sessions }: Pick<Queries, 'sessions'>, missedBefore: string): Promise<number | undefined> {
    const free = await sessions.getNextReadAt(missedBefore);
    const missed = await sessions.getOldestEmptyReadAt(missedBefore);
    const times = [free && Date.parse(free), missed && Date.parse(missed) + SESSION_WINDOW].filter(Number.isFinite);
    return times.length ? Math.max(Math.min(...(times as number[])) - clock.now(), 0) : undefined;
  }

  function ranked(claim: CompletionClaim): Ranked {
    return { ...claim, closeness: attention.getVisibility(claim.candidate_key) };
  }

  function warn(waiting: number): void {
    if (clock.now() - warnedAt < WINDOW) return;
    warnedAt = clock.now();
    log.warn(
      { alert: 'unsigned_completions_wait', waiting },
      'many unsigned webhooks claimed completions that are none: the others wait. Set EVALON_WEBHOOK_SECRET if Evalon can sign, or change EVALON_WEBHOOK_TOKEN',
    );
  }

  return {
    /** Chooses claims to read now, as far as there is room; `underWay` are being read, and each of them may be a miss. */
    async choose(underWay: ReadonlySet<string>, room: Room): Promise<Choice> {
      const resting = restUntil - clock.now();
      if (resting > 0) return { sessions: [], again: resting };
      return store.read((queries) => look(queries, underWay, room));
    },

    /** A read has ended and no longer counts as a possible miss; where it found a scorecard, the next may follow at once. */
    ended(found: boolean): void {
      restUntil = found ? 0 : Math.min(restUntil, clock.now() + LOOK_EVERY);
      if (found) keptUsedAt.clear();
    },
  };
}

interface Ranked extends CompletionClaim {
  closeness: Visibility;
}

/** On somebody's screen; then the least often read, so that each gets its turn; then the furthest along; then the newest. */
function byUrgency(a: Ranked, b: Ranked): number {
  return (
    RATION[b.closeness] - RATION[a.closeness] ||
    a.read_attempts - b.read_attempts ||
    STATUS_RANK[b.status] - STATUS_RANK[a.status] ||
    (b.claimed_at ?? '').localeCompare(a.claimed_at ?? '')
  );
}
