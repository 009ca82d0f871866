/**
 * How a result lies among those of its project and type: for whoever reads a number and wonders what is usual. It names
 * nobody, puts nobody in an order and recommends nothing; and there is none among so few that a result could be guessed.
 */

import type { Audit } from '../audit/audit-log.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import type { Percentile } from '../contract/scorecard.ts';
import { getVisibleSession } from '../sessions/get-session.ts';
import type { Store } from '../store/store.ts';
import { NoPercentile } from '../util/errors.ts';

/** Results that are compared at the least, the one in question among them. */
const MIN_RESULTS = 5;

interface Options {
  store: Store;
  audit: Pick<Audit, 'recordViewed'>;
  /** Whether the company wants results to be compared, at the moment. */
  isComparisonEnabled: () => boolean;
}

export type GetPercentile = (recruiter: Recruiter, sessionUuid: string) => Promise<Percentile>;

/** Answers a function that throws what `visibleSession` throws, and NoStanding. */
export function createGetPercentile({ store, audit, isComparisonEnabled: comparison }: Options): GetPercentile {
  return async (recruiter, sessionUuid) => {
    const session = await getVisibleSession(store, recruiter, sessionUuid);
    if (!comparison()) throw new NoPercentile('Results are not compared here: your IT team has not switched it on.');
    if (session.status !== 'completed') throw new NoPercentile('There is no result to compare yet.');
    const { project_id, assessment_type, overall } = session;
    if (overall === null || assessment_type === null) {
      throw new NoPercentile(
        'This result cannot be compared: Evalon gave no overall score, or not for which assessment.',
      );
    }
    const { all, lower, equal } = await store.read(({ sessions }) =>
      sessions.countScores(project_id, assessment_type, overall),
    );
    if (all < MIN_RESULTS)
      throw new NoPercentile(`Results are compared once there are ${MIN_RESULTS} of this assessment and project.`);
    await audit.recordViewed(recruiter, session);
    return { count: all, percentile: Math.round((100 * (lower + (equal - 1) / 2)) / (all - 1)) };
  };
}
