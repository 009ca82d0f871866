/** Updates `ats_writes` of a session, which shows recruiters what the ATS has. */
import { summarizeAtsWrites } from '../sessions/ats-writes.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import { saveSession } from '../sessions/session.ts';
import type { Queries } from '../store/store.ts';
import { timestamp } from '../util/clock.ts';

/** Stores `ats_writes` with an event if it has changed. */
export async function updateSessionWrites(
  queries: Queries,
  { clock, config }: ChangeOptions,
  sessionUuid: string,
): Promise<void> {
  const session = await queries.sessions.get(sessionUuid);
  if (!session) return;
  const rows = await queries.outbox.list(sessionUuid);
  const ats_writes = summarizeAtsWrites(session, rows, config().ats, timestamp(clock));
  if (ats_writes !== session.ats_writes) await saveSession(queries, { ...session, ats_writes });
}
