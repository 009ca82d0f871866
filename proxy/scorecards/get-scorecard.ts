/**
 * Returns a scorecard: the stored one, even if parts are missing, or else a new read from Evalon. Such a read also
 * completes a session whose webhook was lost.
 */
import type { Audit } from '../audit/audit-log.ts';
import { type Recruiter, toRecruiterId } from '../auth/recruiter.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { EvalonClient } from '../evalon/client.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import { getVisibleSession } from '../sessions/get-session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { timestamp } from '../util/clock.ts';
import { NotFound } from '../util/errors.ts';
import { fetchScorecard } from './fetch-scorecard.ts';
import { storeAnswerWithoutResult, storeFinalScorecard } from './store-scorecard.ts';

export interface ScorecardOptions extends ChangeOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  audit: Pick<Audit, 'recordViewed'>;
}

export type GetScorecard = (recruiter: Recruiter, sessionUuid: string) => Promise<Scorecard>;

/** The returned function throws NotFound, ScorecardNotReady before completion, and the errors of the Evalon client. */
export function createGetScorecard(options: ScorecardOptions): GetScorecard {
  const { store, evalon, clock, audit } = options;
  /** The running reads from Evalon, by session. */
  const running = new Map<string, Promise<Scorecard>>();

  async function readFromEvalon(session: SessionRow): Promise<Scorecard> {
    const read = await fetchScorecard(evalon, session, { priority: 'interactive' });
    const { scorecard, answer, error } = read;
    if (!scorecard) {
      if (answer) await store.write((queries) => storeAnswerWithoutResult(queries, session.session_uuid, read));
      throw error;
    }
    const stored = await store.write((queries) => storeFinalScorecard(queries, options, scorecard, answer));
    if (!stored) throw new NotFound('This assessment was erased.');
    return stored.scorecard;
  }

  /** Recruiters who open the same scorecard at the same time share one call. */
  function readOnce(session: SessionRow): Promise<Scorecard> {
    const { session_uuid } = session;
    const current = running.get(session_uuid) ?? readFromEvalon(session).finally(() => running.delete(session_uuid));
    running.set(session_uuid, current);
    return current;
  }

  return async (recruiter, sessionUuid) => {
    const session = await getVisibleSession(store, recruiter, sessionUuid);
    const scorecard =
      session.scorecard === null ? await readOnce(session) : (JSON.parse(session.scorecard) as Scorecard);
    await audit.recordViewed(recruiter, session);
    await recordRead(recruiter, session);
    return scorecard;
  };

  /** Stores only the first read of each recruiter, so that most reads write nothing. */
  async function recordRead(recruiter: Recruiter, { session_uuid }: SessionRow): Promise<void> {
    const recruiter_id = toRecruiterId(recruiter);
    if (await store.read(({ resultReads }) => resultReads.exists(session_uuid, recruiter_id))) return;
    await store.write(async ({ sessions, resultReads }) => {
      // The candidate may have been erased in the meantime.
      if (!(await sessions.get(session_uuid))) return;
      await resultReads.insertFirst({
        session_uuid,
        recruiter_id,
        recruiter: recruiter.sub,
        recruiter_name: recruiter.name ?? null,
        at: timestamp(clock),
      });
    });
  }
}
