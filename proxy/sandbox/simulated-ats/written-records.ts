/** Stores what was written into the simulated ATSs, in an SQLite file of its own. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

export type AtsName = 'greenhouse' | 'lever' | 'ashby' | 'workday';

export interface WrittenRecord {
  readonly id: number;
  readonly ats: AtsName;
  /** The candidate's `index` in candidates.ts. */
  readonly candidate: number;
  readonly kind: 'note' | 'field' | 'tag' | 'assessment' | 'link';
  /** The name or id of the field, or the id of the note if the ATS assigns one. Otherwise empty. */
  readonly name: string;
  /** The text of a note or tag, the value of a field, or a URL. JSON for assessments and Greenhouse's notes. */
  readonly value: string;
  readonly written_at: string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ats TEXT NOT NULL,
    candidate INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    written_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS records_candidate ON records (ats, candidate, id);
`;

export class WrittenRecords {
  readonly #database: Database.Database;
  readonly #clock: { now(): number };

  /** @param file a path, whose folder is created, or `:memory:`. */
  constructor(file: string, clock: { now(): number }) {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    this.#database = new Database(file);
    this.#database.pragma('journal_mode = WAL');
    this.#database.exec(SCHEMA);
    this.#clock = clock;
  }

  /** Stores a record and returns its `id`. */
  add(record: Omit<WrittenRecord, 'id' | 'written_at'>): number {
    const written_at = new Date(this.#clock.now()).toISOString();
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO records (ats, candidate, kind, name, value, written_at)
         VALUES (@ats, @candidate, @kind, @name, @value, @written_at)`,
      )
      .run({ ...record, written_at });
    return Number(lastInsertRowid);
  }

  /** Returns what was written about a candidate, oldest first. */
  list(ats: AtsName, candidateIndex: number): WrittenRecord[] {
    return this.#database
      .prepare<[string, number], WrittenRecord>('SELECT * FROM records WHERE ats = ? AND candidate = ? ORDER BY id')
      .all(ats, candidateIndex);
  }

  /** Returns the newest value of each field of a candidate. */
  getFields(ats: AtsName, candidateIndex: number): Map<string, string> {
    const fields = this.list(ats, candidateIndex).filter(({ kind }) => kind === 'field');
    return new Map(fields.map(({ name, value }) => [name, value]));
  }

  close(): void {
    this.#database.close();
  }
}
