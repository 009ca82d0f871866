/**
 * Queries on Evalon's unmodified responses. The proxy shows these responses only in `admin export`. An erasure of the
 * candidate deletes them.
 */
import type { Kysely } from 'kysely';
import type { NewAnswer, StoredAnswer, Tables } from './schema.ts';

export const MAX_ANSWER_BYTES = 64 * 1024;

export type RawAnswerQueries = ReturnType<typeof rawAnswerQueries>;

export function rawAnswerQueries(db: Kysely<Tables>, now: () => string) {
  return {
    /** Replaces the session's earlier answer of the same kind. Truncates a body that is too long. */
    async put(session_uuid: string, { message, body, field_map_version }: NewAnswer): Promise<void> {
      const bytes = Buffer.from(body);
      const is_truncated = bytes.length > MAX_ANSWER_BYTES ? 1 : 0;
      const answer = {
        body: is_truncated ? decodeWholeCharacters(bytes.subarray(0, MAX_ANSWER_BYTES)) : body,
        is_truncated,
        field_map_version,
        received_at: now(),
      } as const;
      await db
        .insertInto('raw_answers')
        .values({ session_uuid, message, ...answer })
        .onConflict((conflict) => conflict.columns(['session_uuid', 'message']).doUpdateSet(answer))
        .execute();
    },

    get: (sessionUuid: string, message: StoredAnswer['message']): Promise<StoredAnswer | undefined> =>
      db
        .selectFrom('raw_answers')
        .selectAll()
        .where('session_uuid', '=', sessionUuid)
        .where('message', '=', message)
        .executeTakeFirst(),

    list: (sessionUuid: string): Promise<StoredAnswer[]> =>
      db.selectFrom('raw_answers').selectAll().where('session_uuid', '=', sessionUuid).orderBy('message').execute(),

    /** Answers that a different version of the field map parsed. */
    async listOutdated(version: string, limit: number): Promise<StoredAnswer[]> {
      const outdated: StoredAnswer[] = [];
      // Two range queries, because the index does not support `!=`.
      for (const operator of ['<', '>'] as const) {
        if (outdated.length >= limit) break;
        const rows = db.selectFrom('raw_answers').selectAll().where('field_map_version', operator, version);
        outdated.push(...(await rows.limit(limit - outdated.length).execute()));
      }
      return outdated;
    },

    async setFieldMapVersion({ session_uuid, message }: StoredAnswer, field_map_version: string): Promise<void> {
      await db
        .updateTable('raw_answers')
        .set({ field_map_version })
        .where('session_uuid', '=', session_uuid)
        .where('message', '=', message)
        .execute();
    },

    /** Erases the answers about these sessions. */
    async erase(sessionUuids: readonly string[]): Promise<void> {
      if (sessionUuids.length) await db.deleteFrom('raw_answers').where('session_uuid', 'in', sessionUuids).execute();
    },
  };
}

/** Decodes UTF-8. Omits an incomplete character at the end. */
function decodeWholeCharacters(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}
