/** Adds the assessments that recruiters ordered in their ATS. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-initial.ts';

export function addPartnerOrders({ text }: ColumnTypes): Migration {
  const statements = [
    `create table partner_orders (
      order_id ${text} primary key,
      ats ${text} not null,
      session_uuid ${text} not null,
      reference ${text} not null,
      callback_url ${text},
      created_at ${text} not null,
      cancelled_at ${text}
    )`,
    'create index partner_orders_session on partner_orders (session_uuid, created_at)',
  ];
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
