/** Adds the leases and the waiting calls, for nodes that share a database. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-initial.ts';

export function addNodes({ text }: ColumnTypes): Migration {
  const statements = [
    `create table leases (
      name ${text} primary key,
      holder ${text} not null,
      expires_at ${text} not null
    )`,
    `create table waiting_calls (
      node_id ${text} not null,
      priority ${text} not null,
      expires_at ${text} not null,
      primary key (node_id, priority)
    )`,
  ];
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
