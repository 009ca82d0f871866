/** Adds what the proxy writes into the ATS about a session, and whether the ATS has it. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export function addAtsWrites(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql`alter table sessions add column ats_writes text`.execute(db);
    },
  };
}
