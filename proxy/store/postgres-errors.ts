/**
 * Errors from PostgreSQL and from the connection to it: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */

import { SettingsError, Unavailable } from '../util/errors.ts';

export class PostgresError extends Error {
  /** SQLSTATE, or Node's code if the connection failed. */
  readonly code: string;

  constructor(cause: unknown) {
    const { message, code } = cause as { message?: unknown; code?: unknown };
    super(String(message), { cause });
    this.name = 'PostgresError';
    this.code = typeof code === 'string' ? code : 'CONNECTION';
  }

  /**
   * Whether the connection failed (08) or the server has one of these states: starting or stopping (57P01 to 57P05),
   * read-only after a failover (25006), or recovering (55000).
   */
  get isConnectionFailure(): boolean {
    return !isSqlState(this.code) || /^(08|57P0[1-5]|25006|55000)/.test(this.code);
  }

  /**
   * Whether a retry may succeed, because:
   * - the connection failed,
   * - the transaction took too long (25P03, 25P04), was rolled back (40) or was cancelled (57),
   * - the server lacks a resource (53) or has a system error (58), or
   * - another transaction holds a lock (55P03).
   */
  get isTransient(): boolean {
    return this.isConnectionFailure || /^(25P0[34]|40|53|55P03|57|58)/.test(this.code);
  }
}

export function isSqlState(code: unknown): boolean {
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code);
}

/** Returns Unavailable if a retry may succeed, and otherwise SettingsError with the problem and its fix. */
export function startupError(name: string, error: unknown): SettingsError | Unavailable {
  const reason = (error as Error).message;
  return error instanceof PostgresError && error.isTransient
    ? new Unavailable(`The database ${name} is not available right now (${reason})`, { cause: error })
    : new SettingsError([
        `DATABASE_URL names ${name}, which cannot be used (${reason}): correct it, or let its user connect and create tables`,
      ]);
}
