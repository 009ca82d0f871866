/** Forward-only steps from an empty database to the tables of schema.ts. A step that has shipped is never edited. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('meta')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('intents')
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('candidate_key', 'text', (column) => column.notNull())
      .addColumn('assessment_type', 'text', (column) => column.notNull())
      .addColumn('invited_by', 'text', (column) => column.notNull())
      .addColumn('invited_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('intents_key', ['candidate_key', 'project_id'])
      .execute();

    await db.schema
      .createTable('sessions')
      .addColumn('session_uuid', 'text', (column) => column.primaryKey())
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('candidate_key', 'text', (column) => column.notNull())
      .addColumn('candidate_email', 'text', (column) => column.notNull())
      .addColumn('candidate_name', 'text', (column) => column.notNull())
      .addColumn('assessment_type', 'text')
      .addColumn('candidate_url', 'text')
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('last_event', 'text')
      .addColumn('invited_by', 'text')
      .addColumn('invited_at', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('completed_at', 'text')
      .addColumn('scorecard', 'text')
      .addColumn('application_id', 'text')
      .addColumn('ats', 'text')
      .addColumn('claimed_at', 'text')
      .addColumn('not_ready_since', 'text')
      .addColumn('read_after', 'text')
      .addColumn('read_attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createIndex('sessions_candidate')
      .on('sessions')
      .columns(['candidate_key', 'project_id', 'invited_at'])
      .execute();
    await db.schema
      .createIndex('sessions_to_read')
      .on('sessions')
      .column('read_after')
      .where('read_after', 'is not', null)
      .execute();

    await db.schema
      .createTable('inbox')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('dedupe_key', 'text', (column) => column.notNull().unique())
      .addColumn('session_uuid', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('received_at', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('inbox_state').on('inbox').columns(['state', 'received_at', 'id']).execute();
    await db.schema.createIndex('inbox_session').on('inbox').columns(['session_uuid', 'state']).execute();

    await db.schema
      .createTable('events')
      .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('session_uuid', 'text', (column) => column.notNull())
      .addColumn('candidate_key', 'text', (column) => column.notNull())
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('events_candidate').on('events').columns(['candidate_key', 'seq']).execute();
    await db.schema.createIndex('events_at').on('events').column('at').execute();
  },
};

const missedAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('sessions').addColumn('last_empty_read_at', 'text').execute();
    await db.schema
      .createIndex('sessions_missed')
      .on('sessions')
      .column('last_empty_read_at')
      .where('last_empty_read_at', 'is not', null)
      .execute();
  },
};

const audit: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pseudonyms')
      .addColumn('candidate_key', 'text', (column) => column.primaryKey())
      .addColumn('secret', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('audit')
      .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('detail', 'text')
      .addColumn('issuer', 'text')
      .addColumn('actor', 'text')
      .addColumn('candidate', 'text')
      .addColumn('session', 'text')
      .addColumn('project_id', 'text')
      .addColumn('request_id', 'text')
      .addColumn('times', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_at').on('audit').column('at').execute();
    await db.schema.createIndex('audit_candidate').on('audit').columns(['candidate', 'seq']).execute();
    await db.schema
      .createTable('tombstones')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('erased_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('api_keys')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('first_seen_at', 'text', (column) => column.notNull())
      .execute();
  },
};

const batches: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('batches')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('batch_id', 'text', (column) => column.notNull().unique())
      .addColumn('issuer', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('assessment_type', 'text', (column) => column.notNull())
      .addColumn('idempotency', 'text', (column) => column.unique())
      .addColumn('body_hash', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('batches_owner').on('batches').columns(['issuer', 'owner', 'id']).execute();

    await db.schema
      .createTable('batch_rows')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('batch_id', 'text', (column) => column.notNull())
      .addColumn('candidate_key', 'text', (column) => column.notNull())
      .addColumn('candidate_email', 'text', (column) => column.notNull())
      .addColumn('candidate_name', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('session_uuid', 'text')
      .addColumn('reason', 'text')
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('retry_individually', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('due_at', 'text', (column) => column.notNull())
      .addColumn('asked_until', 'text')
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('progress_pending', 'integer')
      .execute();
    await db.schema
      .createIndex('batch_rows_batch')
      .on('batch_rows')
      .columns(['batch_id', 'status', 'due_at'])
      .execute();
    await db.schema
      .createIndex('batch_rows_due')
      .on('batch_rows')
      .columns(['status', 'due_at', 'batch_id', 'asked_until'])
      .execute();
    await db.schema.createIndex('batch_rows_candidate').on('batch_rows').column('candidate_key').execute();
    await db.schema
      .createIndex('batch_rows_untold')
      .on('batch_rows')
      .column('progress_pending')
      .where('progress_pending', 'is not', null)
      .execute();
  },
};

const inboxAttempts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('inbox')
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};

const looks: Migration = {
  async up(
    db: Kysely<{ sessions: { status: string; claimed_at: string | null; poll_after: string; updated_at: string } }>,
  ) {
    await db.schema.alterTable('sessions').addColumn('poll_after', 'text').execute();
    await db.schema
      .alterTable('sessions')
      .addColumn('poll_count', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db
      .updateTable('sessions')
      .set(({ ref }) => ({ poll_after: ref('updated_at') }))
      .where('status', 'in', ['invited', 'opened', 'started', 'submitted', 'scoring'])
      .where('claimed_at', 'is', null)
      .execute();
    await db.schema
      .createIndex('sessions_to_look')
      .on('sessions')
      .column('poll_after')
      .where('poll_after', 'is not', null)
      .execute();
  },
};

/** An index for each way to filter a list, ending in each order that it can be read in. */
const lists: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('sessions').addColumn('owner', 'text').execute();
    for (const [name, columns] of [
      ['all', []],
      ['project', ['project_id']],
      ['owner', ['owner']],
      ['owner_project', ['owner', 'project_id']],
    ] as const) {
      await db.schema
        .createIndex(`sessions_${name}_updated`)
        .on('sessions')
        .columns([...columns, 'status', 'updated_at', 'session_uuid'])
        .execute();
      await db.schema
        .createIndex(`sessions_${name}_completed`)
        .on('sessions')
        .columns([...columns, 'completed_at', 'session_uuid'])
        .where('completed_at', 'is not', null)
        .execute();
    }
  },
};

const eventsByFilter: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('events').addColumn('owner', 'text').execute();
    await db.schema.createIndex('events_project').on('events').columns(['project_id', 'seq']).execute();
    await db.schema.createIndex('events_owner').on('events').columns(['owner', 'seq']).execute();
  },
};

/** Rows that a step reads at once. */
const READ_AT_ONCE = 500;

const overall: Migration = {
  async up(db: Kysely<{ sessions: { session_uuid: string; scorecard: string | null; overall: number | null } }>) {
    await db.schema.alterTable('sessions').addColumn('overall', 'real').execute();
    for (let after = ''; ; ) {
      const rows = await db
        .selectFrom('sessions')
        .select(['session_uuid', 'scorecard'])
        .where('session_uuid', '>', after)
        .where('scorecard', 'is not', null)
        .orderBy('session_uuid')
        .limit(READ_AT_ONCE)
        .execute();
      for (const { session_uuid, scorecard } of rows) {
        const { overall: score } = JSON.parse(String(scorecard)) as { overall: number | null };
        await db.updateTable('sessions').set({ overall: score }).where('session_uuid', '=', session_uuid).execute();
      }
      after = rows.at(-1)?.session_uuid ?? '';
      if (rows.length < READ_AT_ONCE) break;
    }
    await db.schema
      .createIndex('sessions_overall')
      .on('sessions')
      .columns(['project_id', 'assessment_type', 'overall'])
      .where('overall', 'is not', null)
      .execute();
  },
};

const slots: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('slots')
      .addColumn('slot', 'text', (column) => column.primaryKey())
      .addColumn('lane', 'text', (column) => column.notNull())
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('free_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('slots_free').on('slots').column('free_at').execute();
  },
};

/** What is claimed already gets its day from the claim on. */
const overdue: Migration = {
  async up(db: Kysely<{ sessions: { session_uuid: string; claimed_at: string | null; overdue_at: string | null } }>) {
    await db.schema.alterTable('sessions').addColumn('overdue_at', 'text').execute();
    await db.schema.alterTable('sessions').addColumn('unavailable_at', 'text').execute();
    await db.schema
      .createIndex('sessions_overdue')
      .on('sessions')
      .column('overdue_at')
      .where('overdue_at', 'is not', null)
      .execute();
    const claimed = await db.selectFrom('sessions').selectAll().where('claimed_at', 'is not', null).execute();
    for (const { session_uuid, claimed_at } of claimed) {
      const overdue_at = new Date(Date.parse(String(claimed_at)) + 24 * 60 * 60_000).toISOString();
      await db.updateTable('sessions').set({ overdue_at }).where('session_uuid', '=', session_uuid).execute();
    }
  },
};

const receivedAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('events').addColumn('received_at', 'text').execute();
  },
};

const signIns: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('attempts')
      .addColumn('attempt', 'text', (column) => column.primaryKey())
      .addColumn('step', 'text', (column) => column.notNull())
      .addColumn('challenge', 'text', (column) => column.notNull())
      .addColumn('client_key', 'text', (column) => column.notNull())
      .addColumn('origin', 'text')
      .addColumn('return_to', 'text')
      .addColumn('code', 'text')
      .addColumn('short_code', 'text')
      .addColumn('identity', 'text')
      .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('attempts_expires').on('attempts').column('expires_at').execute();
    await db.schema
      .createTable('sign_ins')
      .addColumn('sign_in', 'text', (column) => column.primaryKey())
      .addColumn('issuer', 'text', (column) => column.notNull())
      .addColumn('sub', 'text', (column) => column.notNull())
      .addColumn('name', 'text')
      .addColumn('client_key', 'text', (column) => column.notNull())
      .addColumn('origin', 'text')
      .addColumn('projects', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('refresh_token', 'text')
      .addColumn('turn', 'integer', (column) => column.notNull())
      .addColumn('turned_at', 'text', (column) => column.notNull())
      .addColumn('renewing_until', 'text')
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .execute();
    await db.schema.createIndex('sign_ins_expires').on('sign_ins').column('expires_at').execute();
  },
};

/** What a webhook costs grows with the pages that its keys touch: shorter keys, and of the sessions' only those that wait. */
const inboxKeys: Migration = {
  async up(db: Kysely<{ inbox: { dedupe_key: string } }>) {
    await db.updateTable('inbox').set({ dedupe_key: sql`substr(dedupe_key, 1, 24)` }).execute();
    await db.schema.dropIndex('inbox_session').execute();
    await db.schema
      .createIndex('inbox_waiting')
      .on('inbox')
      .column('session_uuid')
      .where(sql.ref('state'), '=', 'waiting')
      .execute();
  },
};

const arrivals: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('arrivals')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('dedupe_key', 'text', (column) => column.notNull())
      .addColumn('session_uuid', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('received_at', 'text', (column) => column.notNull())
      .execute();
  },
};

export const MIGRATIONS: Record<string, Migration> = {
  '0001_first': first,
  '0002_missed_at': missedAt,
  '0003_audit': audit,
  '0004_batches': batches,
  '0005_inbox_attempts': inboxAttempts,
  '0006_looks': looks,
  '0007_lists': lists,
  '0008_events_by_filter': eventsByFilter,
  '0009_overall': overall,
  '0010_slots': slots,
  '0011_overdue': overdue,
  '0012_received_at': receivedAt,
  '0013_sign_ins': signIns,
  '0014_inbox_keys': inboxKeys,
  '0015_arrivals': arrivals,
};
