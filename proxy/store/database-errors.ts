/** Classifies the errors of SQLite and PostgreSQL. */
import { AbortedTransactionError } from 'kysely';
import { PostgresError } from './postgres-errors.ts';
import * as sqlite from './sqlite-errors.ts';

export function isDatabaseError(error: unknown): boolean {
  return sqlite.isDatabaseError(error) || error instanceof PostgresError || error instanceof AbortedTransactionError;
}

/** Whether a transaction that failed to begin may begin in a moment. */
export function canBeginLater(error: unknown): boolean {
  return sqlite.isLocked(error) || (error instanceof PostgresError && error.isConnectionFailure);
}

/** Whether a retry may succeed. */
export function isTransientError(error: unknown): boolean {
  return sqlite.isTransientError(error) || (error instanceof PostgresError && error.isTransient);
}
