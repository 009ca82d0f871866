import type Database from 'better-sqlite3';
import type { SessionStatus } from '../../contract/status.ts';

export interface SimulatedSession {
  readonly session_uuid: string;
  /** The last part of the candidate's link. */
  readonly link_token: string;
  readonly project_id: string;
  readonly assessment_type: string;
  readonly candidate_email: string;
  readonly candidate_name: string;
  readonly created_at: string;
  readonly status: SessionStatus;
  /** Index of the section that the candidate is answering. */
  readonly section: number;
  /** Milliseconds since 1970. */
  readonly section_started_at: number | null;
  /** JSON of the answered sections, in order. */
  readonly answered_sections: string;
  /** JSON of the scorecard. Stored at submission. The API returns it from `readable_at` on. */
  readonly scorecard: string | null;
  /** Milliseconds since 1970. */
  readonly readable_at: number | null;
}

export class SessionRepository {
  readonly #database: Database.Database;
  readonly #byUuid: Database.Statement<[string], SimulatedSession>;
  readonly #byLinkToken: Database.Statement<[string], SimulatedSession>;
  readonly #byCandidate: Database.Statement<[string, string], SimulatedSession>;
  readonly #insert: Database.Statement<[SimulatedSession]>;
  readonly #update: Database.Statement<[SimulatedSession]>;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#byUuid = database.prepare('SELECT * FROM sessions WHERE session_uuid = ?');
    this.#byLinkToken = database.prepare('SELECT * FROM sessions WHERE link_token = ?');
    this.#byCandidate = database.prepare('SELECT * FROM sessions WHERE candidate_email = ? AND project_id = ?');
    this.#insert = database.prepare(
      `INSERT INTO sessions VALUES (@session_uuid, @link_token, @project_id, @assessment_type, @candidate_email,
       @candidate_name, @created_at, @status, @section, @section_started_at, @answered_sections, @scorecard, @readable_at)`,
    );
    this.#update = database.prepare(
      `UPDATE sessions SET status = @status, section = @section, section_started_at = @section_started_at,
       answered_sections = @answered_sections, scorecard = @scorecard, readable_at = @readable_at
       WHERE session_uuid = @session_uuid`,
    );
  }

  transaction<T>(change: () => T): T {
    return this.#database.transaction(change)();
  }

  count(): number {
    return this.#database.prepare<[], number>('SELECT count(*) FROM sessions').pluck().get() ?? 0;
  }

  getByUuid(sessionUuid: string): SimulatedSession | undefined {
    return this.#byUuid.get(sessionUuid);
  }

  getByLinkToken(linkToken: string): SimulatedSession | undefined {
    return this.#byLinkToken.get(linkToken);
  }

  /** Compares email and project exactly, because Evalon's guide promises no looser comparison. */
  getByCandidate(email: string, projectId: string): SimulatedSession | undefined {
    return this.#byCandidate.get(email, projectId);
  }

  add(session: SimulatedSession): void {
    this.#insert.run(session);
  }

  /** Stores the progress. The candidate, the project and the type never change. */
  save(session: SimulatedSession): void {
    this.#update.run(session);
  }

  /** Whether `setMarker` recorded a task that must run once, such as the seed. */
  hasMarker(name: string): boolean {
    return this.#database.prepare('SELECT 1 FROM markers WHERE name = ?').get(name) !== undefined;
  }

  setMarker(name: string): void {
    this.#database.prepare('INSERT OR IGNORE INTO markers VALUES (?)').run(name);
  }
}
