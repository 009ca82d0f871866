/** Queries on stage changes in the ATS. */
import type { Kysely } from 'kysely';
import { countUpTo, MAX_COUNTED } from './count-up-to.ts';
import type { DueClock } from './due-clock.ts';
import type { NewStageChange, StageChange, Tables } from './schema.ts';

export type StageChangeQueries = ReturnType<typeof stageChangeQueries>;

/** A candidate's key, and the candidate's applications in ATSs. */
interface ErasedCandidate {
  candidateKey: string;
  applications: readonly { ats: string; application_id: string }[];
}

/** Clears the fields that a finished row no longer needs. */
const CLEARED_ON_FINISH = { candidate: null, candidate_key: null, due_at: null } as const;

export function stageChangeQueries(db: Kysely<Tables>, now: () => string, dueClock: DueClock) {
  return {
    /** Stores a change as pending. A repeat has no effect. Returns whether it was stored. */
    async insert(change: NewStageChange): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('stage_changes')
        .values({
          ...change,
          state: 'pending',
          problem: null,
          trigger_key: null,
          due_at: dueClock.dueAt(),
          finished_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Boolean(numInsertedOrUpdatedRows);
    },

    /** Claims the first due change until `leasedUntil`, and counts the attempt. */
    async claimDue(leasedUntil: string): Promise<StageChange | undefined> {
      const due = await db
        .selectFrom('stage_changes')
        .selectAll()
        .where('due_at', '<=', dueClock.dueAt())
        .orderBy('due_at')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      if (!due) return undefined;
      const attempts = due.attempts + 1;
      await db.updateTable('stage_changes').set({ due_at: leasedUntil, attempts }).where('id', '=', due.id).execute();
      return { ...due, attempts };
    },

    /** When the next change is due or the next lease ends. */
    async getNextDueAt(): Promise<string | undefined> {
      const row = await db
        .selectFrom('stage_changes')
        .select('due_at')
        .where('due_at', 'is not', null)
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return row?.due_at ?? undefined;
    },

    /** Whether a change was neither finished nor erased. */
    async isPending(id: number): Promise<boolean> {
      const row = await db.selectFrom('stage_changes').select('state').where('id', '=', id).executeTakeFirst();
      return row?.state === 'pending';
    },

    /** Keeps a change pending. A change that was erased stays erased. */
    async postpone(
      id: number,
      change: Pick<StageChange, 'due_at'> & Partial<Pick<StageChange, 'problem' | 'attempts' | 'candidate_key'>>,
    ): Promise<void> {
      await db.updateTable('stage_changes').set(change).where('id', '=', id).where('state', '=', 'pending').execute();
    },

    /** Ends a change. A change that was erased stays erased. */
    async finish(id: number, end: Pick<StageChange, 'state' | 'problem' | 'trigger_key'>): Promise<void> {
      await db
        .updateTable('stage_changes')
        .set({ ...end, ...CLEARED_ON_FINISH, finished_at: now() })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .execute();
    },

    /** Counts a trigger's invites since a time, up to `limit`. */
    countInvited: (triggerKey: string, since: string, limit: number): Promise<number> =>
      countUpTo(
        db,
        limit,
        db
          .selectFrom('stage_changes')
          .select('id')
          .where('trigger_key', '=', triggerKey)
          .where('state', '=', 'invited')
          .where('finished_at', '>=', since),
      ),

    /** Counts up to MAX_COUNTED. */
    countPending: (): Promise<number> =>
      countUpTo(db, MAX_COUNTED, db.selectFrom('stage_changes').select('id').where('due_at', 'is not', null)),

    /** Returns the changes of an application, oldest first. */
    list: (ats: string, applicationId: string): Promise<StageChange[]> =>
      db
        .selectFrom('stage_changes')
        .selectAll()
        .where('application_id', '=', applicationId)
        .where('ats', '=', ats)
        .orderBy('id')
        .execute(),

    /** Marks a candidate's changes as erased, and removes what identifies the candidate. */
    async erase({ candidateKey, applications }: ErasedCandidate): Promise<void> {
      const erased = { ...CLEARED_ON_FINISH, state: 'erased', application_id: '', finished_at: now() } as const;
      await db.updateTable('stage_changes').set(erased).where('candidate_key', '=', candidateKey).execute();
      for (const { ats, application_id } of applications) {
        await db
          .updateTable('stage_changes')
          .set(erased)
          .where('application_id', '=', application_id)
          .where('ats', '=', ats)
          .execute();
      }
    },

    /** Deletes up to `limit` changes that ended before a time. Returns how many it deleted. */
    async prune(before: string, limit: number): Promise<number> {
      const expired = db.selectFrom('stage_changes').select('id').where('finished_at', '<', before).limit(limit);
      const { numDeletedRows } = await db.deleteFrom('stage_changes').where('id', 'in', expired).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
