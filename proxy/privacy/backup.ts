/** Backs up the database while the proxy serves. First stores an entry in the audit log. */
import { type Actor, recordAudit } from '../audit/audit-log.ts';
import type { Backup } from '../store/backup.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../util/log.ts';

/**
 * Returns a copy that the caller must discard.
 * @throws Unavailable if the audit entry cannot be stored, or if the disk has too little free space; Conflict for a
 * database in memory
 */
export type MakeBackup = (actor: Actor) => Promise<Backup>;

export function createBackup({ store, log }: { store: Store; log: Log }): MakeBackup {
  return async (actor) => {
    await store.write((queries) => recordAudit(queries, { actor, action: 'backed_up' }));
    const backup = await store.createBackup();
    log.info({ by: actor.sub, bytes: backup.bytes }, 'created a backup');
    return backup;
  };
}
