/** Adds the stage changes in the ATS that match a trigger. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-initial.ts';

export function addStageChanges({ autoIncrement, text }: ColumnTypes): Migration {
  const statements = [
    `create table stage_changes (
      id ${autoIncrement},
      dedupe_key ${text} not null unique,
      ats ${text} not null,
      application_id ${text} not null,
      stage ${text} not null,
      candidate text,
      candidate_key ${text},
      received_at ${text} not null,
      state ${text} not null,
      problem ${text},
      trigger_key ${text},
      attempts integer not null default 0,
      due_at ${text},
      finished_at ${text}
    )`,
    'create index stage_changes_due on stage_changes (due_at, id) where due_at is not null',
    'create index stage_changes_trigger on stage_changes (trigger_key, state, finished_at)',
    'create index stage_changes_candidate on stage_changes (candidate_key) where candidate_key is not null',
    'create index stage_changes_application on stage_changes (application_id, ats)',
    'create index stage_changes_finished on stage_changes (finished_at) where finished_at is not null',
  ];
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
