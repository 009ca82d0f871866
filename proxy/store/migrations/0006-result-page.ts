/** Adds the result page that a sign-in returns to. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export function addResultPage(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql`alter table sso_attempts add column return_session text`.execute(db);
    },
  };
}
