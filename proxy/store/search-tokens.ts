/** Queries on search tokens. They are the candidate's email and the words of the name, folded (search-text.ts). */
import type { Kysely } from 'kysely';
import { toSearchTokens } from '../contract/search-text.ts';
import type { SessionRow, Tables } from './schema.ts';

/** The highest code point. No token contains it, so each token that begins with a prefix sorts before prefix + it. */
const LAST_CHARACTER = '\u{10ffff}';

export type SearchableSession = Pick<SessionRow, 'session_uuid' | 'project_id' | 'candidate_name' | 'candidate_email'>;

export function searchTokenQueries(db: Kysely<Tables>) {
  async function remove(sessionUuids: readonly string[]): Promise<void> {
    if (sessionUuids.length) await db.deleteFrom('search_tokens').where('session_uuid', 'in', sessionUuids).execute();
  }

  return {
    /** @param stored the row that `row` replaces. */
    async update(stored: SearchableSession | undefined, row: SearchableSession): Promise<void> {
      const isUnchanged =
        stored?.project_id === row.project_id &&
        stored.candidate_name === row.candidate_name &&
        stored.candidate_email === row.candidate_email;
      if (isUnchanged) return;
      if (stored) await remove([row.session_uuid]);
      const { session_uuid, project_id } = row;
      const tokens = toSearchTokens(row).map((token) => ({ token, project_id, session_uuid }));
      await db.insertInto('search_tokens').values(tokens).execute();
    },

    /** Call it before the candidate's sessions are deleted. */
    async removeCandidate(candidateKey: string): Promise<void> {
      const rows = await db
        .selectFrom('sessions')
        .select('session_uuid')
        .where('candidate_key', '=', candidateKey)
        .execute();
      await remove(rows.map(({ session_uuid }) => session_uuid));
    },

    /** Returns the ids of at most `limit` sessions with a token that begins with one of the prefixes. */
    async find(
      prefixes: readonly string[],
      projects: readonly string[] | undefined,
      limit: number,
    ): Promise<Set<string>> {
      const found = new Set<string>();
      for (const prefix of prefixes) {
        for (const project of projects ?? [undefined]) {
          if (found.size >= limit) return found;
          let query = db
            .selectFrom('search_tokens')
            .select('session_uuid')
            .where('token', '>=', prefix)
            .where('token', '<', prefix + LAST_CHARACTER)
            .limit(limit);
          if (project !== undefined) query = query.where('project_id', '=', project);
          for (const { session_uuid } of await query.execute()) found.add(session_uuid);
        }
      }
      return found;
    },
  };
}
