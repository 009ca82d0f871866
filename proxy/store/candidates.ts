/** Queries about a candidate in all tables: sessions, invite intents and batch rows. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

export type CandidateQueries = ReturnType<typeof candidateQueries>;

export function candidateQueries(db: Kysely<Tables>) {
  const selectActivities = () =>
    db.selectFrom(
      db
        .selectFrom('sessions')
        .select(['candidate_key', 'updated_at as at'])
        .unionAll(db.selectFrom('invite_intents').select(['candidate_key', 'invited_at as at']))
        .unionAll(db.selectFrom('batch_rows').select(['candidate_key', 'updated_at as at']))
        .as('activity'),
    );

  const selectInactive = (before: string) =>
    selectActivities()
      .select('candidate_key')
      .groupBy('candidate_key')
      .having((where) => where(where.fn.max('at'), '<', before));

  return {
    /** Keys of candidates without any activity since `before`, in any project. */
    async listInactive(before: string, limit: number): Promise<string[]> {
      const rows = await selectInactive(before).limit(limit).execute();
      return rows.map(({ candidate_key }) => candidate_key);
    },

    /** Whether a candidate has a session, an intent or a batch row, in any project. */
    async isKnown(candidateKey: string): Promise<boolean> {
      const row = await selectActivities()
        .select('at')
        .where('candidate_key', '=', candidateKey)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /**
     * Whether a masked email could be a known candidate's: the key has these parts, with any text between them. Scans
     * all candidates.
     */
    async matchesKnownCandidate(parts: readonly string[]): Promise<boolean> {
      const pattern = parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%');
      const row = await selectActivities()
        .select('at')
        .where(sql<boolean>`candidate_key like ${pattern} escape '\\'`)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async isInactive(candidateKey: string, before: string): Promise<boolean> {
      const row = await selectInactive(before).where('candidate_key', '=', candidateKey).executeTakeFirst();
      return row !== undefined;
    },
  };
}
