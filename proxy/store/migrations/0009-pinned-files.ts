/** Adds the widget's pinned files of this release and of earlier ones. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-initial.ts';

export function addPinnedFiles({ text }: ColumnTypes): Migration {
  const statement = `create table pinned_files (
      name ${text} primary key,
      content ${text} not null,
      stored_at ${text} not null
    )`;
  return {
    async up(db: Kysely<unknown>) {
      await sql.raw(statement).execute(db);
    },
  };
}
