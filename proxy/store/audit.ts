/** Queries about the audit record: it is appended to and, when its time is over, shortened from its beginning. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditRow, NewAuditRow, Tables } from './schema.ts';

/** Rows of one statement: SQLite takes 32,766 values. */
const ROWS_AT_ONCE = 500;

export type AuditQueries = ReturnType<typeof auditQueries>;

export function auditQueries(db: Kysely<Tables>, now: () => string) {
  const getPseudonymSecret = async (candidateKey: string): Promise<string | undefined> => {
    const row = await db
      .selectFrom('pseudonyms')
      .select('secret')
      .where('candidate_key', '=', candidateKey)
      .executeTakeFirst();
    return row?.secret;
  };

  return {
    async append(...entries: Omit<NewAuditRow, 'seq' | 'at'>[]): Promise<void> {
      const at = now();
      for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
        const rows = entries.slice(from, from + ROWS_AT_ONCE).map((entry) => ({ ...entry, at }));
        await db.insertInto('audit').values(rows).execute();
      }
    },

    /** Entries after `seq` in order, of one candidate's pseudonym only where it is named. */
    listAfter(seq: number, limit: number, candidate?: string): Promise<AuditRow[]> {
      let query = db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit);
      if (candidate !== undefined) query = query.where('candidate', '=', candidate);
      return query.execute();
    },

    /** Forgets at most so many entries older than `before`, and answers how many there were. */
    async prune(before: string, most: number): Promise<number> {
      const old = db.selectFrom('audit').select('seq').where('at', '<', before).limit(most);
      const { numDeletedRows } = await db.deleteFrom('audit').where('seq', 'in', old).executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** The key of a person's pseudonym; undefined where there is none (any more). */
    heldSecret: getPseudonymSecret,

    /** The same, made where it is missing. */
    async ensurePseudonymSecret(candidateKey: string): Promise<string> {
      const held = await getPseudonymSecret(candidateKey);
      if (held) return held;
      const secret = randomBytes(32).toString('hex');
      await db.insertInto('pseudonyms').values({ candidate_key: candidateKey, secret }).execute();
      return secret;
    },

    /** Erases the key: from now on nobody can tell whose entries those of the pseudonym were. */
    async deletePseudonym(candidateKey: string): Promise<void> {
      await db.deleteFrom('pseudonyms').where('candidate_key', '=', candidateKey).execute();
    },
  };
}
