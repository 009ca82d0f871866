/**
 * The simulated Evalon's sessions. One person has one session in a project, whatever the assessment type:
 * that is the documented idempotency, trap included.
 */
import type Database from 'better-sqlite3';
import { toCandidateKey } from '../../contract/candidate.ts';
import type { SessionStatus } from '../../contract/status.ts';

export interface SimulatedSession {
  readonly session_uuid: string;
  /** What the candidate's link carries instead of the session's name. */
  readonly secret: string;
  readonly project_id: string;
  readonly assessment_type: string;
  readonly candidate_email: string;
  readonly candidate_name: string;
  readonly created_at: string;
  readonly status: SessionStatus;
  /** Index of the section that the candidate is answering, and since when. */
  readonly section: number;
  readonly section_began_at: number | null;
  /** JSON of the answered sections, in order. */
  readonly sections_done: string;
  /** JSON of the scorecard, written at submission and readable from `readable_at` on. */
  readonly scorecard: string | null;
  readonly readable_at: number | null;
}

export class SessionRepository {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** All or nothing. */
  transaction<T>(change: () => T): T {
    return this.#database.transaction(change)();
  }

  getByUuid(sessionUuid: string): SimulatedSession | undefined {
    return this.#findOne('session_uuid = ?', sessionUuid);
  }

  getBySecret(secret: string): SimulatedSession | undefined {
    return this.#findOne('secret = ?', secret);
  }

  getByCandidate(email: string, projectId: string): SimulatedSession | undefined {
    return this.#findOne('candidate_key = ? AND project_id = ?', toCandidateKey(email), projectId);
  }

  add(sitting: SimulatedSession): void {
    this.#database
      .prepare(
        `INSERT INTO session VALUES (@session_uuid, @secret, @candidate_key, @project_id, @assessment_type, @candidate_email,
         @candidate_name, @created_at, @status, @section, @section_began_at, @sections_done, @scorecard, @readable_at)`,
      )
      .run({ ...sitting, candidate_key: toCandidateKey(sitting.candidate_email) });
  }

  /** Stores what can change in a session's life; who sits it never does. */
  save(sitting: SimulatedSession): void {
    this.#database
      .prepare(
        `UPDATE session SET status = @status, section = @section, section_began_at = @section_began_at,
         sections_done = @sections_done, scorecard = @scorecard, readable_at = @readable_at
         WHERE session_uuid = @session_uuid`,
      )
      .run({ ...sitting });
  }

  hasMarker(name: string): boolean {
    return this.#database.prepare('SELECT 1 FROM mark WHERE name = ?').get(name) !== undefined;
  }

  setMarker(name: string): void {
    this.#database.prepare('INSERT OR IGNORE INTO mark VALUES (?)').run(name);
  }

  #findOne(where: string, ...values: string[]): SimulatedSession | undefined {
    return this.#database.prepare<string[], SimulatedSession>(`SELECT * FROM session WHERE ${where}`).get(...values);
  }
}
