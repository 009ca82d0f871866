/** A backup while the proxy serves: the whole database in a file of its own. That somebody took one is recorded first. */

import { type Actor, recordAudit } from '../audit/audit-log.ts';
import type { Backup } from '../store/backup.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../util/log.ts';

/**
 * Answers the copy, for the caller to take and discard.
 * @throws Unavailable where it cannot be recorded, or there is not room enough; Conflict where there is no file.
 */
export type MakeBackup = (by: Actor) => Promise<Backup>;

export function createBackup({ store, log }: { store: Store; log: Log }): MakeBackup {
  return async (by) => {
    await store.write((queries) => recordAudit(queries, { actor: by, action: 'backed_up' }));
    const copy = await store.createBackup();
    log.info({ by: by.sub, bytes: copy.bytes }, 'a backup was made');
    return copy;
  };
}
