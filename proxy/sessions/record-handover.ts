/**
 * Records that a recruiter passed on a candidate's link: in a message, as the link alone, or by email. Colleagues see
 * the handover live. The proxy itself sends nothing to the candidate.
 */
import { type Audit, recordAudit } from '../audit/audit-log.ts';
import { assertScope } from '../auth/permissions.ts';
import { type Recruiter, toRecruiterId } from '../auth/recruiter.ts';
import type { Config } from '../config/config.ts';
import type { Handover, Session } from '../contract/session.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { assertVisible } from './get-session.ts';
import { type LastHandover, saveSession, toSessionFor } from './session.ts';

/** An identical handover by the same recruiter within this time is a repeat, such as a double click. */
const REPEAT_MS = 10_000;

/**
 * Returns the session. A repeat changes nothing.
 * @throws Forbidden, NotFound
 */
export type RecordHandover = (
  recruiter: Recruiter,
  sessionUuid: string,
  handover: Handover,
  idempotencyKey: string | undefined,
) => Promise<Session>;

interface Options {
  store: Store;
  audit: Pick<Audit, 'recordSeen'>;
  clock: Clock;
  config: () => Pick<Config, 'messages'>;
}

export function createRecordHandover({ store, audit, clock, config }: Options): RecordHandover {
  return async (recruiter, session_uuid, { kind, channel }, idempotencyKey) => {
    assertScope(recruiter, 'invite');
    const recruiter_id = toRecruiterId(recruiter);
    const idempotency_hash =
      idempotencyKey === undefined
        ? null
        : store.hash(JSON.stringify([recruiter_id, session_uuid, kind, channel, idempotencyKey]));
    // A link that is copied alone comes without the notice.
    const hasNotice = config().messages.notice !== undefined && channel !== 'link';

    const { row, isRepeated } = await store.write(async (queries) => {
      const session = assertVisible(recruiter, await queries.sessions.get(session_uuid));
      const at = timestamp(clock);
      const handover = { session_uuid, kind, channel, recruiter_id };
      if (await isRepeat(queries, handover, idempotency_hash, clock)) return { row: session, isRepeated: true };
      await queries.handovers.insert({
        ...handover,
        at,
        recruiter: recruiter.sub,
        recruiter_name: recruiter.name ?? null,
        with_notice: hasNotice ? 1 : 0,
        idempotency_hash,
      });
      await recordAudit(queries, {
        actor: recruiter,
        action: kind === 'reminder' ? 'reminded' : 'handed_over',
        detail: hasNotice ? `${channel} notice` : channel,
        subject: session,
      });
      const { iss, sub, name } = recruiter;
      const handed_over: LastHandover = { at, kind, channel, by: { iss, sub, ...(name !== undefined && { name }) } };
      const saved = await saveSession(queries, { ...session, handed_over: JSON.stringify(handed_over) });
      return { row: saved, isRepeated: false };
    });
    if (isRepeated) await audit.recordSeen(recruiter, [row]);
    return toSessionFor(recruiter, row);
  };
}

async function isRepeat(
  { handovers }: Queries,
  handover: Handover & { session_uuid: string; recruiter_id: string },
  idempotencyHash: string | null,
  clock: Clock,
): Promise<boolean> {
  if (idempotencyHash !== null && (await handovers.existsByIdempotencyHash(idempotencyHash))) return true;
  const newest = await handovers.getNewest(handover);
  return newest !== undefined && Math.abs(clock.now() - Date.parse(newest.at)) < REPEAT_MS;
}
