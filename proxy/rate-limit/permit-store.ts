/**
 * The pace's memory, in the store: a restart, or a kill in the middle of a call, knows what was asked in the last minute
 * and how long Evalon wants silence. A slot is stored before its call goes out, in one commit with all of that moment;
 * its end goes along with the next, for losing it only holds the slot a little longer.
 */

import type { Queries, Store } from '../store/store.ts';
import { createGroup } from '../store/write-batcher.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { LANES, LONGEST_CALL, WINDOW } from './priorities.ts';
import type { Ledger, Slot } from './sliding-window.ts';

/** Milliseconds from its start that a slot is held whose end nobody stored. */
const HELD = LONGEST_CALL + WINDOW;
/** The longest silence, in milliseconds, that Evalon is believed to ask for. */
const LONGEST_SILENCE = 60 * 60_000;

/** Reads what an earlier process left. Times that its clock wrote ahead of ours are cut to what they can be. */
export async function openLedger({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Promise<Ledger> {
  const now = clock.now();
  const [rows, silence = ''] = await store.read(({ permits: slots }) =>
    Promise.all([slots.held(timestamp(clock)), slots.silentUntil()]),
  );
  /** What the next commit brings along: when slots come free, and the silence where it has grown. */
  const freeAt = new Map<string, string>();
  let silentUntil: string | undefined;

  async function storeAll(begun: readonly (Slot | undefined)[]): Promise<void> {
    const known = [...freeAt];
    const until = silentUntil;
    await store.write(async ({ permits: slots }: Queries) => {
      await slots.forget(timestamp(clock));
      for (const [slot, at] of known) await slots.free(slot, at);
      if (until !== undefined) await slots.silence(until);
      await slots.hold(
        begun.flatMap((slot) =>
          slot
            ? { permit: slot.id, priority: slot.lane, started_at: timestamp(clock), free_at: timestamp(clock, HELD) }
            : [],
        ),
      );
    });
    for (const [slot, at] of known) if (freeAt.get(slot) === at) freeAt.delete(slot);
    if (silentUntil === until) silentUntil = undefined;
  }

  const commits = createGroup<Slot | undefined>(storeAll);

  return {
    held: rows.map(({ priority, started_at, free_at }) => ({
      // A release that has a lane more, or less, may have written it.
      lane: LANES.find((known) => known === priority) ?? 'bulk',
      startedAt: Math.min(Date.parse(started_at), now),
      freeAt: Math.min(Date.parse(free_at), now + HELD),
    })),
    silentUntil: Math.min(Date.parse(silence) || 0, now + LONGEST_SILENCE),
    start: (slot) => commits.put(slot),
    end: (slot) => void freeAt.set(slot.id, timestamp(clock, WINDOW)),
    drop: (slot) => void freeAt.set(slot.id, timestamp(clock)),
    async silence(ms) {
      silentUntil = timestamp(clock, ms);
      await commits.put(undefined).catch((error: unknown) => {
        log.error({ err: error }, 'the silence that Evalon asks for could not be stored: it is with the next call');
      });
    },
  };
}
