/** Queries across all tables that have rows about candidates. */
import type { Kysely } from 'kysely';
import { SESSION_STATUSES, type SessionStatus } from '../contract/status.ts';
import type { Tables } from './schema.ts';

export type CandidateQueries = ReturnType<typeof candidateQueries>;

/** The sessions of one status, or another table. Each source has an index in the order of the rows' last activity. */
export type ActivitySource = SessionStatus | 'invite_intents' | 'batch_rows';

export const ACTIVITY_SOURCES: readonly ActivitySource[] = [...SESSION_STATUSES, 'invite_intents', 'batch_rows'];

/** A row about a candidate. `position` orders the rows of one source that have the same time `at`. */
export interface Activity {
  candidate_key: string;
  at: string;
  position: string | number;
}

const KEYS_PER_PAGE = 1_000;
const MAX_KEY_PAGES = 20;
/** Greater than all characters that a key contains. */
const LAST_CHARACTER = '\u{10ffff}';

export function candidateQueries(db: Kysely<Tables>) {
  async function hasRow(candidateKey: string, since = ''): Promise<boolean> {
    const [row] = await db
      .selectFrom('sessions')
      .select('updated_at as at')
      .where('candidate_key', '=', candidateKey)
      .where('updated_at', '>=', since)
      .unionAll(
        db
          .selectFrom('invite_intents')
          .select('invited_at as at')
          .where('candidate_key', '=', candidateKey)
          .where('invited_at', '>=', since),
      )
      .unionAll(
        db
          .selectFrom('batch_rows')
          .select('updated_at as at')
          .where('candidate_key', '=', candidateKey)
          .where('updated_at', '>=', since),
      )
      .limit(1)
      .execute();
    return row !== undefined;
  }

  return {
    /** Returns up to `limit` of a source's rows inactive since `before`, oldest first, from the row after `after`. */
    listInactiveRows(
      source: ActivitySource,
      before: string,
      after: Activity | undefined,
      limit: number,
    ): Promise<Activity[]> {
      const { at, position } = after ?? { at: '', position: source === 'batch_rows' ? 0 : '' };
      if (source === 'invite_intents') {
        return db
          .selectFrom('invite_intents')
          .select(['candidate_key', 'invited_at as at', 'candidate_key as position'])
          .where(({ eb, refTuple, tuple }) =>
            eb(refTuple('invited_at', 'candidate_key'), '>', tuple(at, `${position}`)),
          )
          .where('invited_at', '<', before)
          .orderBy('invited_at')
          .orderBy('candidate_key')
          .limit(limit)
          .execute();
      }
      if (source === 'batch_rows') {
        return db
          .selectFrom('batch_rows')
          .select(['candidate_key', 'updated_at as at', 'id as position'])
          .where(({ eb, refTuple, tuple }) => eb(refTuple('updated_at', 'id'), '>', tuple(at, Number(position))))
          .where('updated_at', '<', before)
          .orderBy('updated_at')
          .orderBy('id')
          .limit(limit)
          .execute();
      }
      return db
        .selectFrom('sessions')
        .select(['candidate_key', 'updated_at as at', 'session_uuid as position'])
        .where('status', '=', source)
        .where(({ eb, refTuple, tuple }) => eb(refTuple('updated_at', 'session_uuid'), '>', tuple(at, `${position}`)))
        .where('updated_at', '<', before)
        .orderBy('updated_at')
        .orderBy('session_uuid')
        .limit(limit)
        .execute();
    },

    /** Whether a candidate has a session, an intent or a batch row, in any project. */
    isKnown: (candidateKey: string): Promise<boolean> => hasRow(candidateKey),

    /** Whether a known candidate has had no activity since `before`, in any project. */
    isInactive: async (candidateKey: string, before: string): Promise<boolean> =>
      (await hasRow(candidateKey)) && !(await hasRow(candidateKey, before)),

    /**
     * Whether the key of a known candidate begins with `prefix` and matches. Returns true if there are too many such
     * keys to check.
     */
    async hasMatchingKey(prefix: string, matches: (candidateKey: string) => boolean): Promise<boolean> {
      for (const table of ['sessions', 'invite_intents', 'batch_rows'] as const) {
        let after = '';
        for (let page = 0; page < MAX_KEY_PAGES; page++) {
          const rows = await db
            .selectFrom(table)
            .select('candidate_key')
            .where('candidate_key', '>=', prefix)
            .where('candidate_key', '>', after)
            .where('candidate_key', '<', prefix + LAST_CHARACTER)
            .orderBy('candidate_key')
            .limit(KEYS_PER_PAGE)
            .execute();
          if (rows.some(({ candidate_key }) => matches(candidate_key))) return true;
          if (rows.length < KEYS_PER_PAGE) break;
          if (page === MAX_KEY_PAGES - 1) return true;
          after = rows.at(-1)?.candidate_key ?? after;
        }
      }
      return false;
    },
  };
}
