/**
 * Quickly creates a database like that of a proxy after years of use. SQLite generates the rows, which depend only on
 * the seed and the time. No poll is due within the first hour.
 */
import Database from 'better-sqlite3';
import { createFieldMap } from '../../proxy/evalon/field-map.ts';
import { openStore } from '../../proxy/store/store.ts';
import { systemClock } from '../../proxy/util/clock.ts';

export interface LargeDatabaseOptions {
  evalonUrl: string;
  sessionCount: number;
  /** How many of the sessions have not ended. */
  openSessionCount: number;
  seed: number;
  /** Default: `PROJECTS`. */
  projectCount?: number;
}

/** The candidate's email of session number `n`. The first session is 1. */
export const emailOf = (n: number) => `candidate-${n}@example.com`;
/** The project of session number `n`, with the default `projectCount`. */
export const projectOf = (n: number) => `project-${n % PROJECTS}`;

const PROJECTS = 20;
const MAX_RECRUITERS = 200;
const SESSIONS_PER_RECRUITER = 200;
/** The maximum numbers of events and of waiting webhooks that the proxy keeps. */
const MAX_EVENTS = 100_000;
const MAX_WAITING_WEBHOOKS = 20_000;
const ROWS_PER_BATCH = 100;

/** What a random number is for. The values only have to differ. */
const PURPOSES = {
  inviter: 1,
  overall: 2,
  openStatus: 3,
  endedStatus: 4,
  pollDelay: 5,
  pollCount: 6,
  auditActor: 8,
};

const SCORECARD = {
  assessment_type: 'marketing',
  overall_max: 100,
  sections: [
    { name: 'Campaign planning', score: 82, max_score: 100, questions: [{ title: 'A plan', score: 8, max_score: 10 }] },
    { name: 'Copywriting', score: 74, max_score: 100, questions: [{ title: 'A text', score: 7, max_score: 10 }] },
  ],
  narrative: 'Plans with care and writes clearly.',
};

const EVENT_SESSION = {
  assessment_type: 'marketing',
  candidate_name: 'Candidate',
  project_id: 'project-1',
  status: 'started',
  invited_by: 'recruiter-1',
  invited_at: '2026-01-15T14:30:00.000Z',
  updated_at: '2026-01-15T14:30:00.000Z',
};

export async function createLargeDatabase(file: string, options: LargeDatabaseOptions): Promise<void> {
  await (await openStore(file, options.evalonUrl, systemClock)).close();
  const database = new Database(file);
  try {
    // The file is new, so a crash loses nothing of value.
    database.pragma('journal_mode = MEMORY');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -1000000');
    database.pragma('temp_store = MEMORY');
    const indexes = database
      .prepare("select name, sql from sqlite_master where type = 'index' and sql is not null")
      .all() as { name: string; sql: string }[];
    database.exec('begin immediate');
    // Building an index once is faster than updating it for each row.
    for (const { name } of indexes) database.exec(`drop index ${name}`);
    fill(database, options);
    for (const { sql } of indexes) database.exec(sql);
    database.exec('commit');
  } finally {
    database.close();
  }
}

function fill(
  database: Database.Database,
  { sessionCount, openSessionCount, seed, projectCount = PROJECTS }: LargeDatabaseOptions,
): void {
  const now = Date.now();
  const { version } = createFieldMap({});
  const recruiters = Math.min(MAX_RECRUITERS, Math.ceil(sessionCount / SESSIONS_PER_RECRUITER));
  /** Returns SQL for a pseudo-random integer below `below`. It is always the same for the same row and purpose. */
  const pick = (below: number, purpose: keyof typeof PURPOSES) =>
    `(((n * 2654435761 + ${seed + PURPOSES[purpose] * 7919}) >> 7) % ${below})`;
  const time = (ms: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', (${ms}) / 1000.0, 'unixepoch')`;
  const HOUR_MS = 3_600_000;
  // The following constants are SQL. `n` is the row's number.
  const isOpen = `n > ${sessionCount - openSessionCount}`;
  /** A row's time in milliseconds: row 1 is three years old, and the last row is ten minutes old. */
  const at = `${now - 10 * 60_000} - (${sessionCount} - n) * ${Math.floor((3 * 365 * 24 * HOUR_MS) / sessionCount)}`;
  const uuid = `printf('sess_%08x%08x', (n * 2654435761) & 0xffffffff, n)`;
  const email = `'candidate-' || n || '@example.com'`;
  const inviterId = `'["https://ats.example.com","recruiter-' || ${pick(recruiters, 'inviter')} || '"]'`;
  const insert = (table: string, count: number, columns: Record<string, string>, where = 'true') =>
    database.exec(`
      with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
      insert into ${table} (${Object.keys(columns)}) select ${Object.values(columns)} from numbers where ${where}`);
  const text = (value: unknown) => `'${JSON.stringify(value).replaceAll("'", "''")}'`;
  const overall = `((${pick(9_000, 'overall')} + 1000) / 100.0)`;

  const status = `case when ${isOpen}
      then (case ${pick(4, 'openStatus')} when 0 then 'opened' when 1 then 'started' else 'invited' end)
      else (case ${pick(10, 'endedStatus')} when 0 then 'expired' when 1 then 'declined' else 'completed' end) end`;
  const isCompleted = `(n <= ${sessionCount - openSessionCount} and ${pick(10, 'endedStatus')} > 1)`;
  const ifCompleted = (value: string) => `case when ${isCompleted} then ${value} end`;
  insert('sessions', sessionCount, {
    session_uuid: uuid,
    project_id: `'project-' || (n % ${projectCount})`,
    candidate_key: email,
    candidate_email: email,
    candidate_name: `'Candidate ' || n`,
    assessment_type: "'marketing'",
    candidate_url: `'https://evalon.example/take/' || hex(n)`,
    status,
    invited_by: `'recruiter-' || ${pick(recruiters, 'inviter')}`,
    inviter_id: inviterId,
    invited_at: time(`${at} - ${24 * HOUR_MS}`),
    updated_at: time(at),
    completed_at: ifCompleted(time(at)),
    scorecard: ifCompleted(`json_set(${text(SCORECARD)}, '$.session_uuid', ${uuid}, '$.overall', ${overall})`),
    overall: ifCompleted(overall),
    poll_due_at: `case when ${isOpen} then ${time(`${now + HOUR_MS} + ${pick(23 * HOUR_MS, 'pollDelay')}`)} end`,
    poll_count: `case when ${isOpen} then 2 + ${pick(8, 'pollCount')} else 0 end`,
  });
  const token = (value: string) => ({
    session_uuid: uuid,
    token: value,
    project_id: `'project-' || (n % ${projectCount})`,
  });
  for (const value of ["'candidate'", "'' || n", email]) insert('search_tokens', sessionCount, token(value));
  database.exec(`
    insert into score_counts
    select project_id, assessment_type, round(overall, 1), count(*) from sessions where overall is not null group by 1, 2, 3`);
  for (const [message, condition] of [
    ['create', isOpen],
    ['scorecard', isCompleted],
  ] as const) {
    const answer = {
      session_uuid: uuid,
      message: `'${message}'`,
      body: message === 'create' ? `'{"session_uuid":"' || ${uuid} || '"}'` : text(SCORECARD),
      is_truncated: '0',
      field_map_version: `'${version}'`,
      received_at: time(at),
    };
    insert('raw_answers', sessionCount, answer, condition);
  }
  insert('session_history', sessionCount, { session_uuid: uuid, type: "'started'", at: time(at) });
  insert(
    'session_history',
    sessionCount,
    { session_uuid: uuid, type: "'completed'", at: time(at), overall },
    `not ${isOpen}`,
  );
  const webhook = (kind: string, state: string, count: number) => ({
    dedupe_key: `'${kind}' || n`,
    session_uuid: uuid,
    event: "'session.started'",
    received_at: time(`${now - 29 * 24 * HOUR_MS} + n * ${Math.floor((29 * 24 * HOUR_MS) / count)}`),
    state: `'${state}'`,
  });
  const appliedCount = Math.ceil(sessionCount / 4);
  insert('webhooks', appliedCount, webhook('applied', 'applied', appliedCount));
  const waitingCount = Math.min(Math.ceil(sessionCount / 50), MAX_WAITING_WEBHOOKS);
  insert('webhooks', waitingCount, webhook('waiting', 'waiting', waitingCount));
  const eventCount = Math.min(Math.ceil(sessionCount / 10), MAX_EVENTS);
  insert('events', eventCount, {
    type: "'session'",
    topic: email,
    session_uuid: uuid,
    project_id: `'project-' || (n % ${projectCount})`,
    inviter_id: inviterId,
    data: `json_set(${text(EVENT_SESSION)}, '$.session_uuid', ${uuid}, '$.candidate_email', ${email})`,
    at: time(`${now - 20 * HOUR_MS} + n * ${Math.floor((19 * HOUR_MS) / eventCount)}`),
  });
  insert(
    'audit',
    sessionCount,
    {
      at: time(at),
      action: "'seen'",
      issuer: "'https://ats.example.com'",
      actor: `'recruiter-' || ${pick(recruiters, 'auditActor')}`,
      candidate: `hex(n)`,
      times: '1',
    },
    // The proxy keeps audit entries for 400 days.
    `${at} > ${now - 390 * 24 * HOUR_MS}`,
  );
  insert('tombstones', Math.ceil(sessionCount / 20), { hash: `'erased' || n`, erased_at: time(at) });
  const batchId = `'batch_' || printf('%08x', (((n - 1) / ${ROWS_PER_BATCH}) * 2654435761) & 0xffffffff)`;
  const rowCount = Math.ceil(sessionCount / 3);
  insert('batch_rows', rowCount, {
    batch_id: batchId,
    candidate_key: email,
    candidate_email: email,
    candidate_name: `'Candidate ' || n`,
    status: "'invited'",
    session_uuid: uuid,
    due_at: time(at),
    updated_at: time(at),
  });
  insert(
    'batches',
    rowCount,
    {
      batch_id: batchId,
      issuer: "'https://ats.example.com'",
      sub: `'recruiter-' || (n / ${ROWS_PER_BATCH} % ${recruiters})`,
      project_id: "'project-0'",
      assessment_type: "'marketing'",
      body_hash: "'hash'",
      created_at: time(at),
    },
    `n % ${ROWS_PER_BATCH} = 1`,
  );
}
