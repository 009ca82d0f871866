/** Queries on the rate limit's permits and on the cooldown after a 429. */
import type { Kysely } from 'kysely';
import type { StoredPermit, Tables } from './schema.ts';

const COOLDOWN_UNTIL = 'evalon_cooldown_until';
const CIRCUIT = 'evalon_circuit';

/** The state of the circuit breaker that nodes share. Times are due times. */
export interface StoredCircuit {
  failures: number;
  halfOpenAt?: string;
  /** The probe ends before this time. */
  probeUntil?: string;
}

/** The permits of one priority that count towards the limit. */
export interface HeldPermits {
  priority: string;
  count: number;
  lastReleaseAt: string;
}

export type PermitQueries = ReturnType<typeof permitQueries>;

export function permitQueries(db: Kysely<Tables>) {
  return {
    /** Returns, by priority, the permits that count towards the limit at `now`. */
    async countHeld(now: string): Promise<HeldPermits[]> {
      const rows = await db
        .selectFrom('rate_permits')
        .select(({ fn }) => ['priority', fn.countAll().as('count'), fn.max('release_at').as('lastReleaseAt')])
        .where('release_at', '>', now)
        .groupBy('priority')
        .execute();
      return rows.map((row) => ({ ...row, count: Number(row.count) }));
    },

    /** Returns the times of the next releases after `now`, earliest first. */
    async listReleases(now: string, limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('rate_permits')
        .select('release_at')
        .where('release_at', '>', now)
        .orderBy('release_at')
        .limit(limit)
        .execute();
      return rows.map(({ release_at }) => release_at);
    },

    async insert(permit: StoredPermit): Promise<void> {
      await db.insertInto('rate_permits').values(permit).execute();
    },

    async setReleaseAt(permitId: string, release_at: string): Promise<void> {
      await db.updateTable('rate_permits').set({ release_at }).where('permit_id', '=', permitId).execute();
    },

    async delete(permitId: string): Promise<void> {
      await db.deleteFrom('rate_permits').where('permit_id', '=', permitId).execute();
    },

    async deleteReleased(now: string): Promise<void> {
      await db.deleteFrom('rate_permits').where('release_at', '<=', now).execute();
    },

    /** Replaces later release times with `maxReleaseAt`, and a later end of the cooldown with `maxCooldownUntil`. */
    async capTimes(maxReleaseAt: string, maxCooldownUntil: string): Promise<void> {
      await db
        .updateTable('rate_permits')
        .set({ release_at: maxReleaseAt })
        .where('release_at', '>', maxReleaseAt)
        .execute();
      await db
        .updateTable('meta')
        .set({ value: maxCooldownUntil })
        .where('key', '=', COOLDOWN_UNTIL)
        .where('value', '>', maxCooldownUntil)
        .execute();
    },

    /** Returns the cooldown and the circuit breaker that all nodes share. Absent: no cooldown, or a closed circuit. */
    async getLimits(): Promise<{ cooldownUntil?: string; circuit?: StoredCircuit }> {
      const rows = await db.selectFrom('meta').selectAll().where('key', 'in', [COOLDOWN_UNTIL, CIRCUIT]).execute();
      const stored = new Map(rows.map(({ key, value }) => [key, value]));
      const [cooldownUntil, circuit] = [stored.get(COOLDOWN_UNTIL), stored.get(CIRCUIT)];
      return {
        ...(cooldownUntil !== undefined && { cooldownUntil }),
        ...(circuit !== undefined && { circuit: JSON.parse(circuit) as StoredCircuit }),
      };
    },

    async extendCooldown(until: string): Promise<void> {
      await db
        .insertInto('meta')
        .values({ key: COOLDOWN_UNTIL, value: until })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: until }).where('meta.value', '<', until))
        .execute();
    },

    async setCircuit(circuit: StoredCircuit): Promise<void> {
      const value = JSON.stringify(circuit);
      await db
        .insertInto('meta')
        .values({ key: CIRCUIT, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },

    /** Returns the priorities of the waiting calls of other nodes. */
    async listWaitingElsewhere(nodeId: string, now: string): Promise<string[]> {
      const rows = await db
        .selectFrom('waiting_calls')
        .select('priority')
        .distinct()
        .where('node_id', '!=', nodeId)
        .where('expires_at', '>', now)
        .execute();
      return rows.map(({ priority }) => priority);
    },

    /** Replaces the priorities of a node's waiting calls, and deletes expired rows. */
    async setWaiting(nodeId: string, priorities: readonly string[], now: string, expires_at: string): Promise<void> {
      await db
        .deleteFrom('waiting_calls')
        .where((where) => where.or([where('node_id', '=', nodeId), where('expires_at', '<=', now)]))
        .execute();
      const rows = priorities.map((priority) => ({ node_id: nodeId, priority, expires_at }));
      if (rows.length) await db.insertInto('waiting_calls').values(rows).execute();
    },
  };
}
