/** Adds a flag to the outbox: the target may have the entry although the target's response was lost. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export function addLostResponses(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql`alter table outbox add column may_be_written integer not null default 0`.execute(db);
    },
  };
}
