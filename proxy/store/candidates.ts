/** Queries across all tables that have rows of a candidate. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

export type CandidateQueries = ReturnType<typeof candidateQueries>;

export function candidateQueries(db: Kysely<Tables>) {
  const activities = () =>
    db.selectFrom(
      db
        .selectFrom('sessions')
        .select(['candidate_key', 'updated_at as at'])
        .unionAll(db.selectFrom('invite_intents').select(['candidate_key', 'invited_at as at']))
        .unionAll(db.selectFrom('batch_rows').select(['candidate_key', 'updated_at as at']))
        .as('activity'),
    );

  const inactive = (before: string) =>
    activities()
      .select('candidate_key')
      .groupBy('candidate_key')
      .having((where) => where(where.fn.max('at'), '<', before));

  return {
    /** Keys of candidates without any activity since `before`, in any project. */
    async listInactive(before: string, limit: number): Promise<string[]> {
      const rows = await inactive(before).limit(limit).execute();
      return rows.map(({ candidate_key }) => candidate_key);
    },

    /** Whether a candidate has a session, an intent or a batch row, in any project. */
    async isKnown(candidateKey: string): Promise<boolean> {
      const row = await activities().select('at').where('candidate_key', '=', candidateKey).limit(1).executeTakeFirst();
      return row !== undefined;
    },

    /** Whether such a candidate's key has these parts, with anything between them. Scans all candidates. */
    async isMaskOfKnown(parts: readonly string[]): Promise<boolean> {
      const pattern = parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%');
      const row = await activities()
        .select('at')
        .where(sql<boolean>`candidate_key like ${pattern} escape '\\'`)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async isInactive(candidateKey: string, before: string): Promise<boolean> {
      const row = await inactive(before).where('candidate_key', '=', candidateKey).executeTakeFirst();
      return row !== undefined;
    },
  };
}
