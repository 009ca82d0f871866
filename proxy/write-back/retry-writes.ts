/** Tries the dead letters of the outbox again, for example after IT has corrected a key. */
import { type Actor, recordAudit } from '../audit/audit-log.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../util/log.ts';
import { updateSessionWrites } from './update-session.ts';

/** Rows of one transaction. */
const PAGE_SIZE = 200;

export interface RetriedWrites {
  retried: number;
  /** Dead letters that stay, because a later version of the same session is in the ATS. */
  superseded: number;
}

export type RetryWrites = (actor: Actor) => Promise<RetriedWrites>;

interface Options extends ChangeOptions {
  store: Store;
  log: Log;
}

export function createRetryWrites(options: Options): RetryWrites {
  const { store, log } = options;
  return async (actor) => {
    const superseded = await store.write(async (queries) => {
      await recordAudit(queries, { actor, action: 'writes_retried' });
      return queries.outbox.countSuperseded();
    });
    let retried = 0;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const start: number = after;
      const rows = await store.write(async (queries) => {
        const page = await queries.outbox.retryFailed(start, PAGE_SIZE);
        for (const uuid of new Set(page.map(({ session_uuid }) => session_uuid))) {
          await updateSessionWrites(queries, options, uuid);
        }
        return page;
      });
      retried += rows.length;
      after = rows.at(-1)?.id;
    }
    log.info({ by: actor.sub, retried }, 'scheduled the dead letters of the outbox again');
    return { retried, superseded };
  };
}
