/** Adds to each session which of the proxy's writes the ATS has received. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export function addAtsWrites(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql`alter table sessions add column ats_writes text`.execute(db);
    },
  };
}
