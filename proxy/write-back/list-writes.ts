/** Lists the outbox for administrators: what was written, what waits, what failed, and what a dry run would write. */
import type { WriteEntry } from '../ats/writer.ts';
import { type Actor, recordAudit } from '../audit/audit-log.ts';
import type { Config } from '../config/config.ts';
import type { OutboxRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { buildRowEntry, findTarget } from './build-entry.ts';

const PAGE_SIZE = 500;

export type ListWrites = (actor: Actor) => AsyncGenerator<string>;

interface Options {
  store: Store;
  config: () => Pick<Config, 'writeBack' | 'assessments'>;
  getResultUrl: (sessionUuid: string) => string;
}

/** Records the actor in the audit log, then yields one line of JSON for each row, oldest first. */
export function createListWrites({ store, config, getResultUrl }: Options): ListWrites {
  return async function* listWrites(actor) {
    await store.write((queries) => recordAudit(queries, { actor, action: 'writes_listed' }));
    for (let after = 0; ; ) {
      const { rows, sessions } = await store.read(async (queries) => {
        const rows = await queries.outbox.listAfter(after, PAGE_SIZE);
        return { rows, sessions: await queries.sessions.getByIds(rows.map(({ session_uuid }) => session_uuid)) };
      });
      for (const row of rows) {
        const session = sessions.get(row.session_uuid);
        const target = findTarget(config().writeBack, row);
        const { assessments } = config();
        const sessionId = store.hash(row.session_uuid);
        const resultUrl = getResultUrl(row.session_uuid);
        const built = session && target && buildRowEntry(row, { session, target, assessments, sessionId, resultUrl });
        yield `${JSON.stringify({ ...describeRow(row), ...(built && { entry: hideLink(built.entry) }) })}\n`;
      }
      const last = rows.at(-1);
      if (!last) return;
      after = last.id;
    }
  };
}

/** The candidate's link is for the candidate only. */
function hideLink(entry: WriteEntry) {
  return entry.as === 'link' ? { as: entry.as, field: entry.field } : entry;
}

function describeRow({ id: _, facts: _facts, may_be_written, may_be_duplicate, ...row }: OutboxRow) {
  return { ...row, may_be_written: may_be_written === 1, may_be_duplicate: may_be_duplicate === 1 };
}
