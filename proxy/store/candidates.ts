/** Queries across all tables that have rows of a candidate. */
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

export type CandidateQueries = ReturnType<typeof candidateQueries>;

export function candidateQueries(db: Kysely<Tables>) {
  const inactive = (before: string) =>
    db
      .selectFrom(
        db
          .selectFrom('sessions')
          .select(['candidate_key', 'updated_at as at'])
          .unionAll(db.selectFrom('invite_intents').select(['candidate_key', 'invited_at as at']))
          .unionAll(db.selectFrom('batch_rows').select(['candidate_key', 'updated_at as at']))
          .as('activity'),
      )
      .select('candidate_key')
      .groupBy('candidate_key')
      .having((where) => where(where.fn.max('at'), '<', before));

  return {
    /** Keys of candidates without any activity since `before`, in any project. */
    async listInactive(before: string, limit: number): Promise<string[]> {
      const rows = await inactive(before).limit(limit).execute();
      return rows.map(({ candidate_key }) => candidate_key);
    },

    async isInactive(candidateKey: string, before: string): Promise<boolean> {
      const row = await inactive(before).where('candidate_key', '=', candidateKey).executeTakeFirst();
      return row !== undefined;
    },
  };
}
