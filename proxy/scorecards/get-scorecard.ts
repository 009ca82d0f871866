/**
 * One scorecard. A final one is served from the store for good; before that Evalon is asked, which is also how a
 * completion is found whose webhook never came.
 */

import type { Audit } from '../audit/audit-log.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { EvalonClient } from '../evalon/client.ts';
import { getVisibleSession } from '../sessions/get-session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { NotFound, UpstreamUnavailable } from '../util/errors.ts';
import { storeFinalScorecard } from './verify-completion.ts';

export interface ScorecardOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'readScorecard'>;
  clock: Clock;
  audit: Pick<Audit, 'recordViewed'>;
}

/** Milliseconds that a recruiter who opens a scorecard waits for a turn at Evalon. */
const MAX_WAIT_MS = 10_000;

export type GetScorecard = (recruiter: Recruiter, sessionUuid: string) => Promise<Scorecard>;

/** Answers a function that throws NotFound, NotReady before completion, and what the Evalon client throws. */
export function createGetScorecard({ store, evalon, clock, audit }: ScorecardOptions): GetScorecard {
  const underWay = new Map<string, Promise<Scorecard>>();

  async function read(session: SessionRow): Promise<Scorecard> {
    const scorecard = await evalon
      .readScorecard(session, { priority: 'watched', patience: MAX_WAIT_MS })
      .catch(UpstreamUnavailable.rethrowWith('What is shown of the result already is final.'));
    const final = await store.write((queries) => storeFinalScorecard(queries, clock, scorecard));
    if (!final) throw new NotFound('There is no such assessment any more.');
    return final;
  }

  async function scorecardOf(session: SessionRow): Promise<Scorecard> {
    if (session.scorecard !== null) return JSON.parse(session.scorecard) as Scorecard;
    let reading = underWay.get(session.session_uuid);
    if (!reading) {
      reading = read(session).finally(() => underWay.delete(session.session_uuid));
      underWay.set(session.session_uuid, reading);
    }
    return reading;
  }

  return async (recruiter, sessionUuid) => {
    const session = await getVisibleSession(store, recruiter, sessionUuid);
    const scorecard = await scorecardOf(session);
    await audit.recordViewed(recruiter, session);
    return scorecard;
  };
}
