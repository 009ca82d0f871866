/**
 * Who may call Evalon next, decided from nothing but a log of slots, whoever keeps that log. Never more than the rate
 * is held; clicks come first; what nobody waits for is spread, so that a slot comes free all the time; no lane starves.
 */

/** First come those that go first. */
export const LANES = ['click', 'watched', 'read', 'reconcile', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** Milliseconds that a slot is held after the answer: the longest window, and one more as clocks cut off fractions. */
export const WINDOW = 60_001;
/** Milliseconds that a call takes at the most; a slot of a call that nobody ended comes free this much later. */
export const LONGEST_CALL = 10_000;

interface Traits {
  /** Part of the rate that it gets whatever the lanes before it want. */
  share: number;
  /** Slots that it holds at the most. Default: the rate. */
  ceiling?: number;
  /** Keeps its distance to the last spread call while no more than this part of the rate is free. */
  spreadBelow: number;
  /** Slots that it leaves for a click even where there were none lately. */
  leaves: number;
}

const TRAITS: Readonly<Record<Lane, Traits>> = {
  click: { share: 0, spreadBelow: 0, leaves: 0 },
  watched: { share: 0.1, spreadBelow: 0.25, leaves: 0 },
  read: { share: 0.05, spreadBelow: 0.5, leaves: 0 },
  reconcile: { share: 0.02, ceiling: 20, spreadBelow: 1, leaves: 1 },
  bulk: { share: 0.05, spreadBelow: 1, leaves: 1 },
};

/** A log of slots at one moment. A slot is held while its call is under way and for a window after the answer. */
export interface SlotView {
  readonly held: number;
  heldBy(lane: Lane): number;
  /** How many of the held come free at a time that is known: their calls were answered. */
  readonly answered: number;
  /** When the n-th (from 0) of the held comes free, ascending; for calls under way, the latest that it can be. */
  freeAt(n: number): number;
  /** When a call of the lane last started; long ago where none has. */
  lastStart(lane: Lane): number;
}

export interface Terms {
  now: number;
  /** Calls in a window. */
  rate: number;
  /** Refused clicks that were told to come again about now. */
  promised: number;
}

/** Which of the waiting lanes may start a call now, else when to ask again (or as soon as a call ends). */
export function nextTurn(log: SlotView, waiting: readonly Lane[], terms: Terms): { lane: Lane } | { askAt: number } {
  let askAt = Number.POSITIVE_INFINITY;
  const owed = waiting.find((lane) => isOwed(log, lane, terms));
  const clickFirst = waiting.includes('click') && log.lastStart('click') < lastSpread(log);
  for (const lane of owed && !clickFirst ? [owed, ...waiting] : waiting) {
    const at = mayStartAt(log, lane, terms);
    if (at <= terms.now) return { lane };
    askAt = Math.min(askAt, at);
  }
  return { askAt };
}

/** When a call of the lane with so many before it can be expected to start, if nobody else comes. */
export function expectedAt(log: SlotView, lane: Lane, before: { all: number; inLane: number }, terms: Terms): number {
  const byRank = slotFreeAt(log, before.all + 1, terms);
  if (log.heldBy(lane) + before.inLane >= guaranteedTo(lane, terms.rate)) return byRank;
  return Math.min(byRank, slotFreeAt(log, 2 * before.inLane + 2, terms));
}

/** When the k-th slot from now (from 1) is free. */
export function slotFreeAt(log: SlotView, k: number, { now, rate }: Terms): number {
  const rounds = Math.floor((k - 1) / rate);
  const n = log.held - rate + ((k - 1) % rate);
  return (n < 0 ? now : Math.max(log.freeAt(n), now)) + rounds * (WINDOW + LONGEST_CALL);
}

/** Slots of a window that the lane gets in any case. */
export function guaranteedTo(lane: Lane, rate: number): number {
  return Math.ceil(TRAITS[lane].share * rate);
}

function mayStartAt(log: SlotView, lane: Lane, terms: Terms): number {
  const { ceiling, spreadBelow } = TRAITS[lane];
  if (ceiling !== undefined && log.heldBy(lane) >= ceiling) return Math.max(log.freeAt(0), terms.now + 1);
  if (isOwed(log, lane, terms)) return slotFreeAt(log, 1, terms);
  const left = reserve(log, lane, terms);
  const free = terms.rate - log.held - left;
  if (free <= 0) return slotFreeAt(log, left + 1, terms);
  if (free > spreadBelow * terms.rate || spreadBelow === 0) return terms.now;
  return lastSpread(log) + distance(log, lane, free, terms);
}

/** Whether the lane has not had its share. It may then go first, in turns with the clicks that wait. */
function isOwed(log: SlotView, lane: Lane, { rate }: Terms): boolean {
  return log.heldBy(lane) < guaranteedTo(lane, rate);
}

/** Slots that the lane leaves alone: the more clicks there were in the last window, the more. */
function reserve(log: SlotView, lane: Lane, { rate, promised }: Terms): number {
  if (TRAITS[lane].spreadBelow === 0) return 0;
  const standing = TRAITS[lane].leaves + Math.ceil(log.heldBy('click') / 6);
  return Math.min(Math.min(standing, Math.floor(rate / 4)) + promised, rate);
}

function lastSpread(log: SlotView): number {
  return Math.max(...LANES.map((lane) => (TRAITS[lane].spreadBelow ? log.lastStart(lane) : Number.NEGATIVE_INFINITY)));
}

/**
 * Milliseconds between spread calls, the least that never leaves the lane without a slot before more come free; one that
 * leaves nothing for a click may wait for the first of those.
 */
function distance(log: SlotView, lane: Lane, free: number, { now }: Terms): number {
  const first = free + (TRAITS[lane].leaves ? 0 : 1);
  let longest = WINDOW / (free + log.answered);
  for (let n = 0; n < log.answered; n++) longest = Math.max(longest, (log.freeAt(n) - now) / (first + n));
  return longest;
}
