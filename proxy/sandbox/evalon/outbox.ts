/** Webhooks that wait for delivery, stored so that they survive a restart. */
import type Database from 'better-sqlite3';

export interface PendingWebhook {
  readonly id: number;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly due_at: number;
  readonly attempts: number;
}

export class Outbox {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  add(body: string, dueAt: number): void {
    this.#database.prepare('INSERT INTO webhook_outbox (body, due_at) VALUES (?, ?)').run(body, dueAt);
  }

  /** Returns pending webhooks, the earliest due time first. */
  listPending(limit: number): PendingWebhook[] {
    return this.#database
      .prepare<[number], PendingWebhook>('SELECT * FROM webhook_outbox ORDER BY due_at, id LIMIT ?')
      .all(limit);
  }

  postpone(webhook: PendingWebhook, dueAt: number): void {
    this.#database
      .prepare('UPDATE webhook_outbox SET due_at = ?, attempts = attempts + 1 WHERE id = ?')
      .run(dueAt, webhook.id);
  }

  remove(webhook: PendingWebhook): void {
    this.#database.prepare('DELETE FROM webhook_outbox WHERE id = ?').run(webhook.id);
  }
}
