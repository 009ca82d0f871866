/** Divides the outbox into channels, so that a slow recipient does not delay the others. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-initial.ts';

export function addOutboxChannels({ text }: ColumnTypes): Migration {
  const statements = [
    `alter table outbox add column channel ${text} not null default 'ats'`,
    'create index outbox_channel_due on outbox (channel, due_at, id) where due_at is not null',
    'create index outbox_channel_state on outbox (channel, state, id)',
    'create index outbox_channel_finished on outbox (channel, finished_at) where finished_at is not null',
  ];
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
