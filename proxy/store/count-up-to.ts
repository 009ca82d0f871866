/** Counts rows without reading all rows of a large table. */
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Tables } from './schema.ts';

/** Above this, the exact length of a queue does not matter. */
export const MAX_COUNTED = 100_000;

/** Counts the rows that the query selects, up to `limit`. */
export async function countUpTo(
  db: Kysely<Tables>,
  limit: number,
  query: SelectQueryBuilder<Tables, keyof Tables, object>,
): Promise<number> {
  const { count } = await db
    .selectFrom(query.limit(limit).as('counted'))
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
