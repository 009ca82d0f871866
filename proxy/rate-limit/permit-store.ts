/**
 * Stores the permits of the rate limit, so that the limit also applies across restarts and crashes. One transaction
 * checks the stored window and grants a permit. Nodes that share a database share the limit.
 */
import { randomUUID } from 'node:crypto';
import type { Queries, Store } from '../store/store.ts';
import type { Priority } from './priorities.ts';
import { MAX_HOLD_MS, toWindowState, WINDOW_MS, type WindowState } from './sliding-window.ts';

export interface PermitRequest {
  priority: Priority;
  /** Writes in the same transaction as the permit. */
  record?: ((queries: Queries) => Promise<void>) | undefined;
}

export interface PermitStore {
  /**
   * Stores a permit for the request that `choose` returns. Stores none if `choose` returns undefined. When the promise
   * resolves, the permit is durable and the call may start.
   * @throws what `record` throws; Unavailable
   */
  acquire(
    choose: (window: WindowState) => PermitRequest | undefined,
  ): Promise<{ window: WindowState; permit?: string }>;
  /** Stores that the call of a permit ended now, and a cooldown for all nodes if one began. */
  release(permit: string, cooldownMs?: number): Promise<void>;
  /**
   * Stores that the call of a permit ended now, together with what `write` changes.
   * @throws what `write` throws; Unavailable
   */
  complete<T>(permit: string, write: (queries: Queries) => Promise<T>): Promise<T>;
  /** Removes a permit whose call never started. */
  cancel(permit: string): Promise<void>;
  readWindow(): Promise<WindowState>;
}

/** At startup, the proxy shortens a longer stored cooldown to this. */
const MAX_COOLDOWN_MS = 60 * 60_000;

/**
 * Opens the permits of an earlier process. Limits their release times and the cooldown, because the clock of that
 * process may have been ahead.
 */
export async function openPermitStore(store: Store): Promise<PermitStore> {
  const { now } = store.dueClock;
  const iso = (ms: number) => new Date(ms).toISOString();
  await store.write(({ permits }) => permits.capTimes(iso(now() + MAX_HOLD_MS), iso(now() + MAX_COOLDOWN_MS)));

  async function readWindow({ permits }: Queries, at: number): Promise<WindowState> {
    return toWindowState(await permits.listHeld(iso(at)), await permits.getCooldownUntil(), at);
  }

  return {
    acquire: (choose) =>
      store.write(async (queries) => {
        const at = now();
        const window = await readWindow(queries, at);
        const request = choose(window);
        if (!request) return { window };
        const permit = randomUUID();
        const times = { granted_at: iso(at), release_at: iso(at + MAX_HOLD_MS) };
        await queries.permits.deleteReleased(iso(at));
        await queries.permits.insert({ permit_id: permit, priority: request.priority, ...times });
        await request.record?.(queries);
        return { window, permit };
      }),

    release: (permit, cooldownMs) =>
      store.write(async ({ permits }) => {
        await permits.setReleaseAt(permit, iso(now() + WINDOW_MS));
        if (cooldownMs) await permits.extendCooldown(iso(now() + cooldownMs));
      }),

    complete: (permit, write) =>
      store.write(async (queries) => {
        await queries.permits.setReleaseAt(permit, iso(now() + WINDOW_MS));
        return write(queries);
      }),

    cancel: (permit) => store.write(({ permits }) => permits.delete(permit)),
    readWindow: () => store.read((queries) => readWindow(queries, now())),
  };
}
