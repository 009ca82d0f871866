/** The simulated Evalon's own SQLite file. The proxy never opens it. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** A candidate has one session per project, whatever the assessment type. Evalon's guide documents this rule. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sessions (
    session_uuid TEXT PRIMARY KEY,
    link_token TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL,
    assessment_type TEXT NOT NULL,
    candidate_email TEXT NOT NULL,
    candidate_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    status TEXT NOT NULL,
    section INTEGER NOT NULL,
    section_started_at INTEGER,
    answered_sections TEXT NOT NULL,
    scorecard TEXT,
    readable_at INTEGER,
    UNIQUE (candidate_email, project_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS webhook_outbox (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS webhook_outbox_due ON webhook_outbox (due_at);
  CREATE TABLE IF NOT EXISTS markers (name TEXT PRIMARY KEY) STRICT;
`;

/** @param file a path, whose folder is created, or `:memory:`. */
export function openDatabase(file: string): Database.Database {
  if (file !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Only this user may read the file. SQLite creates its other files with the same mode.
    closeSync(openSync(file, 'a', 0o600));
  }
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('busy_timeout = 2000');
  database.exec(SCHEMA);
  return database;
}
