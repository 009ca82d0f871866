/** The simulated Evalon's own file: its sessions and the webhooks that have not arrived yet. The proxy never opens it. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS session (
    session_uuid TEXT PRIMARY KEY,
    secret TEXT NOT NULL UNIQUE,
    candidate_key TEXT NOT NULL,
    project_id TEXT NOT NULL,
    assessment_type TEXT NOT NULL,
    candidate_email TEXT NOT NULL,
    candidate_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    status TEXT NOT NULL,
    section INTEGER NOT NULL,
    section_began_at INTEGER,
    sections_done TEXT NOT NULL,
    scorecard TEXT,
    readable_at INTEGER,
    UNIQUE (candidate_key, project_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at);
  CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY) STRICT;
`;

/** `:memory:` keeps nothing; any other name is a file, whose folder is made. */
export function openDatabase(file: string): Database.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('busy_timeout = 2000');
  database.exec(SCHEMA);
  return database;
}
