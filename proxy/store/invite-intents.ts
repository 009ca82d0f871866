/** Queries on invites whose outcome is unknown. */
import type { Kysely } from 'kysely';
import type { InviteIntent, Tables } from './schema.ts';

export type InviteIntentQueries = ReturnType<typeof inviteIntentQueries>;

type Invitee = Pick<InviteIntent, 'candidate_key' | 'project_id'>;

export function inviteIntentQueries(db: Kysely<Tables>) {
  return {
    get: ({ candidate_key, project_id }: Invitee): Promise<InviteIntent | undefined> =>
      db
        .selectFrom('invite_intents')
        .selectAll()
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .executeTakeFirst(),

    /** Stores the intent if the candidate and project have none. Returns whether it was stored. */
    async insert(intent: InviteIntent): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('invite_intents')
        .values(intent)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Boolean(numInsertedOrUpdatedRows);
    },

    /** Deletes the intent and returns it, if there was one. */
    delete: ({ candidate_key, project_id }: Invitee): Promise<InviteIntent | undefined> =>
      db
        .deleteFrom('invite_intents')
        .where('candidate_key', '=', candidate_key)
        .where('project_id', '=', project_id)
        .returningAll()
        .executeTakeFirst(),

    /** Erases a candidate's intents in all projects. */
    async erase(candidateKey: string): Promise<void> {
      await db.deleteFrom('invite_intents').where('candidate_key', '=', candidateKey).execute();
    },
  };
}
