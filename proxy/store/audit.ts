/** Queries on the audit log, and on the secrets of the log's pseudonyms. No query changes an entry. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditRow, NewAuditRow, Tables } from './schema.ts';

/** SQLite binds at most 32,766 values in a statement. */
const ROWS_PER_INSERT = 500;

export type AuditQueries = ReturnType<typeof auditQueries>;

export function auditQueries(db: Kysely<Tables>, now: () => string) {
  async function getPseudonymSecret(candidateKey: string): Promise<string | undefined> {
    const row = await db
      .selectFrom('pseudonyms')
      .select('secret')
      .where('candidate_key', '=', candidateKey)
      .executeTakeFirst();
    return row?.secret;
  }

  return {
    async append(...entries: Omit<NewAuditRow, 'seq' | 'at'>[]): Promise<void> {
      const at = now();
      for (let start = 0; start < entries.length; start += ROWS_PER_INSERT) {
        const rows = entries.slice(start, start + ROWS_PER_INSERT).map((entry) => ({ ...entry, at }));
        await db.insertInto('audit').values(rows).execute();
      }
    },

    /** Returns entries after `seq` in order, optionally only those with a candidate's pseudonym. */
    listAfter(seq: number, limit: number, pseudonym?: string): Promise<AuditRow[]> {
      let query = db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit);
      if (pseudonym !== undefined) query = query.where('candidate', '=', pseudonym);
      return query.execute();
    },

    /** Deletes up to `limit` entries older than `before`. Returns how many it deleted. */
    async prune(before: string, limit: number): Promise<number> {
      const expired = db.selectFrom('audit').select('seq').where('at', '<', before).limit(limit);
      const { numDeletedRows } = await db.deleteFrom('audit').where('seq', 'in', expired).executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** Undefined if the candidate never had a pseudonym, or was erased. */
    getPseudonymSecret,

    /** Returns the secrets by candidate, and creates the missing ones. */
    async ensurePseudonymSecrets(candidateKeys: readonly string[]): Promise<Map<string, string>> {
      const secrets = new Map<string, string>();
      for (let start = 0; start < candidateKeys.length; start += ROWS_PER_INSERT) {
        const keys = candidateKeys.slice(start, start + ROWS_PER_INSERT);
        const stored = await db.selectFrom('pseudonyms').selectAll().where('candidate_key', 'in', keys).execute();
        for (const { candidate_key, secret } of stored) secrets.set(candidate_key, secret);
        const missing = keys.filter((key) => !secrets.has(key));
        const rows = missing.map((candidate_key) => ({ candidate_key, secret: randomBytes(32).toString('hex') }));
        if (rows.length) await db.insertInto('pseudonyms').values(rows).execute();
        for (const { candidate_key, secret } of rows) secrets.set(candidate_key, secret);
      }
      return secrets;
    },

    /** Deletes the secret. Then no entry can be linked to the candidate. */
    async deletePseudonym(candidateKey: string): Promise<void> {
      await db.deleteFrom('pseudonyms').where('candidate_key', '=', candidateKey).execute();
    },
  };
}
