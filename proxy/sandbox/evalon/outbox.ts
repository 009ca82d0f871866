/** Webhooks on their way, stored so that a restart forgets none. */
import type Database from 'better-sqlite3';

export interface Delivery {
  readonly id: number;
  readonly body: string;
  readonly due_at: number;
  readonly attempts: number;
}

export class Outbox {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  add(body: string, dueAt: number): void {
    this.#database.prepare('INSERT INTO delivery (body, due_at) VALUES (?, ?)').run(body, dueAt);
  }

  /** In the order in which they set out. */
  listPending(limit: number): Delivery[] {
    return this.#database.prepare<[number], Delivery>('SELECT * FROM delivery ORDER BY due_at, id LIMIT ?').all(limit);
  }

  postpone(delivery: Delivery, dueAt: number): void {
    this.#database
      .prepare('UPDATE delivery SET due_at = ?, attempts = attempts + 1 WHERE id = ?')
      .run(dueAt, delivery.id);
  }

  remove(delivery: Delivery): void {
    this.#database.prepare('DELETE FROM delivery WHERE id = ?').run(delivery.id);
  }
}
