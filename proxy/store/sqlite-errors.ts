/** What SQLite's error codes mean: https://sqlite.org/rescode.html */

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code);
}

export function isDatabaseError(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_');
}

/** Another process holds the lock. */
export function isLocked(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

/** The machine refuses for now, and no setting is wrong: the disk is full or failing, or another process holds the lock. */
export function isTransientError(error: unknown): boolean {
  return /^SQLITE_(FULL|BUSY|IOERR)/.test(codeOf(error));
}
