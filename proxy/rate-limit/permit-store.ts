/**
 * Stores the permits of the rate limit, so that the limit also applies across restarts and crashes. One transaction
 * checks the stored window and grants a permit. Nodes that share a database share the limit.
 */
import { randomUUID } from 'node:crypto';
import type { StoredCircuit } from '../store/permits.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Circuit } from './circuit-breaker.ts';
import { type PermitCounts, PRIORITIES, type Priority } from './priorities.ts';
import {
  MAX_CALL_MS,
  MAX_HOLD_MS,
  type SharedState,
  toPermitCounts,
  WINDOW_MS,
  type WindowForecast,
  type WindowState,
} from './sliding-window.ts';

export interface PermitRequest {
  priority: Priority;
  /** Whether the call is the probe of the half-open circuit. Other nodes wait for its result. */
  isProbe?: boolean;
  /** Writes in the same transaction as the permit. */
  record?: ((queries: Queries) => Promise<void>) | undefined;
}

export interface PermitStore {
  /**
   * Stores a permit for the request that `choose` returns. Stores none if `choose` returns undefined, and then returns
   * the forecast. When the promise resolves, the permit is durable and the call may start.
   * @param countReleases see `readForecast`.
   * @param listWaiting returns the priorities of this node's calls that still wait after `choose`.
   * @throws what `record` throws; Unavailable
   */
  acquire(
    choose: (window: WindowState) => PermitRequest | undefined,
    countReleases: (held: PermitCounts) => number,
    listWaiting?: () => readonly Priority[],
  ): Promise<{ permit: string } | { forecast: WindowForecast }>;
  /** Stores the end of the permit's call and its outcome. */
  release(permitId: string, outcome?: Outcome): Promise<void>;
  /**
   * Stores the end of the permit's call and its outcome, in the same transaction as `write`.
   * @throws what `write` throws; Unavailable
   */
  complete<T>(permitId: string, write: (queries: Queries) => Promise<T>, outcome?: Outcome): Promise<T>;
  /** Removes a permit whose call never started. */
  cancel(permitId: string, outcome?: Outcome): Promise<void>;
  /** @param countReleases returns how many of the next releases the forecast must contain. */
  readForecast(countReleases: (held: PermitCounts) => number): Promise<WindowForecast>;
  /** Calls `listener` when another node has changed the permits. */
  onRemoteChange?(listener: () => void): void;
}

/** What the end of a call changes for all nodes. */
export interface Outcome {
  cooldownMs?: number | undefined;
  /** Absent if the circuit did not change. */
  circuit?: Circuit | undefined;
}

/** At startup, the proxy shortens a longer stored cooldown to this. */
const MAX_COOLDOWN_MS = 60 * 60_000;
/** Other nodes respect a stored waiting call for this long. */
const WAITING_TTL_MS = 5_000;
/** How often a node stores its waiting calls again. */
export const RENEW_WAITING_MS = 2_000;
const CLOSED_CIRCUIT: Circuit = { failures: 0, isProbing: false };

/**
 * Opens the store. First caps the release times and the cooldown that an earlier process stored, because the clock of
 * that process may have been ahead.
 */
export async function openPermitStore(store: Store): Promise<PermitStore> {
  const { nodeLink } = store;
  const { now, msUntil } = store.dueClock;
  const iso = (ms: number) => new Date(ms).toISOString();
  const capTimes = ({ permits }: Queries) => permits.capTimes(iso(now() + MAX_HOLD_MS), iso(now() + MAX_COOLDOWN_MS));
  await store.write(capTimes);
  /** What this node has last stored about its waiting calls. */
  let storedWaiting = { waiting: '', renewAt: 0 };

  async function readWindow({ permits }: Queries, at: number): Promise<WindowState> {
    const { cooldownUntil, circuit } = await permits.getLimits();
    const stored = await permits.countHeld(iso(at));
    const toMs = (time: string) => Date.parse(time) - at;
    const window = {
      held: toPermitCounts(stored),
      lastReleaseInMs: Math.max(...stored.map(({ lastReleaseAt }) => toMs(lastReleaseAt)), 0),
      cooldownMs: cooldownUntil === undefined ? 0 : Math.max(toMs(cooldownUntil), 0),
    };
    if (!nodeLink) return window;
    const waiting = await permits.listWaitingElsewhere(nodeLink.id, iso(at));
    const shared: SharedState = {
      waitingElsewhere: PRIORITIES.filter((priority) => waiting.includes(priority)),
      circuit: circuit ? toCircuit(circuit) : CLOSED_CIRCUIT,
    };
    return { ...window, shared };
  }

  async function addReleases(
    { permits }: Queries,
    at: number,
    window: WindowState,
    countReleases: (held: PermitCounts) => number,
  ): Promise<WindowForecast> {
    const releases = await permits.listReleases(iso(at), countReleases(window.held));
    return { ...window, releasesInMs: releases.map((time) => Date.parse(time) - at) };
  }

  function toCircuit({ failures, halfOpenAt, probeUntil }: StoredCircuit): Circuit {
    return {
      failures,
      ...(halfOpenAt !== undefined && { halfOpenInMs: Math.max(msUntil(halfOpenAt), 0) }),
      isProbing: probeUntil !== undefined && msUntil(probeUntil) > 0,
    };
  }

  async function storeCircuit({ permits }: Queries, { failures, halfOpenInMs, isProbing }: Circuit): Promise<void> {
    await permits.setCircuit({
      failures,
      ...(halfOpenInMs !== undefined && { halfOpenAt: iso(now() + halfOpenInMs) }),
      ...(isProbing && { probeUntil: iso(now() + MAX_CALL_MS) }),
    });
  }

  /** Returns what is stored once the transaction is committed. */
  async function storeWaiting(
    { permits }: Queries,
    nodeId: string,
    priorities: readonly Priority[],
  ): Promise<typeof storedWaiting> {
    const waiting = [...new Set(priorities)].sort().join();
    if (waiting === storedWaiting.waiting && (!waiting || now() < storedWaiting.renewAt)) return storedWaiting;
    await permits.setWaiting(nodeId, [...new Set(priorities)], iso(now()), iso(now() + WAITING_TTL_MS));
    return { waiting, renewAt: now() + RENEW_WAITING_MS };
  }

  async function storeOutcome(queries: Queries, { cooldownMs, circuit }: Outcome): Promise<void> {
    if (cooldownMs) await queries.permits.extendCooldown(iso(now() + cooldownMs));
    if (nodeLink && circuit) await storeCircuit(queries, circuit);
  }

  async function grant(queries: Queries, request: PermitRequest, { shared }: WindowState, at: number): Promise<string> {
    const permit = randomUUID();
    const times = { granted_at: iso(at), release_at: iso(at + MAX_HOLD_MS) };
    await queries.permits.deleteReleased(iso(at));
    await queries.permits.insert({ permit_id: permit, priority: request.priority, ...times });
    if (shared && request.isProbe) await storeCircuit(queries, { ...shared.circuit, isProbing: true });
    await request.record?.(queries);
    return permit;
  }

  return {
    async acquire(choose, countReleases, listWaiting = () => []) {
      let waitingAfterCommit = storedWaiting;
      const result = await store.write(async (queries) => {
        const at = now();
        let window = await readWindow(queries, at);
        if (window.lastReleaseInMs > MAX_HOLD_MS) {
          // The database server's clock was set back.
          await capTimes(queries);
          window = await readWindow(queries, at);
        }
        const request = choose(window);
        const waiting = listWaiting();
        // After a grant, the remaining calls try again at once. This node stores them once one of them gets no permit.
        if (nodeLink && !(request && waiting.length))
          waitingAfterCommit = await storeWaiting(queries, nodeLink.id, waiting);
        return request
          ? { permit: await grant(queries, request, window, at) }
          : { forecast: await addReleases(queries, at, window, countReleases) };
      });
      storedWaiting = waitingAfterCommit;
      return result;
    },

    release: (permitId, outcome = {}) =>
      store.write(async (queries) => {
        await queries.permits.setReleaseAt(permitId, iso(now() + WINDOW_MS));
        await storeOutcome(queries, outcome);
      }),

    complete: (permitId, write, outcome = {}) =>
      store.write(async (queries) => {
        await queries.permits.setReleaseAt(permitId, iso(now() + WINDOW_MS));
        await storeOutcome(queries, outcome);
        return write(queries);
      }),

    cancel: (permitId, outcome = {}) =>
      store.write(async (queries) => {
        await queries.permits.delete(permitId);
        await storeOutcome(queries, outcome);
      }),

    readForecast: (countReleases) =>
      store.read(async (queries) => {
        const at = now();
        return addReleases(queries, at, await readWindow(queries, at), countReleases);
      }),
    ...(nodeLink && { onRemoteChange: (listener) => nodeLink.onCommit(listener, ['rate_permits']) }),
  };
}
