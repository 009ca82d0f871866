/** Classifies SQLite's error codes: https://sqlite.org/rescode.html */

function getCode(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code);
}

export function isDatabaseError(error: unknown): boolean {
  return getCode(error).startsWith('SQLITE_');
}

/** Whether another process holds the lock. */
export function isLocked(error: unknown): boolean {
  return getCode(error).startsWith('SQLITE_BUSY');
}

/** Whether a retry may succeed. True for a full or failing disk, and while another process holds the lock. */
export function isTransientError(error: unknown): boolean {
  return /^SQLITE_(FULL|BUSY|IOERR)/.test(getCode(error));
}
