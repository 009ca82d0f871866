/**
 * Percentile of a result among the results of its project and assessment type. It does not identify, rank or recommend
 * candidates. With few results there is no percentile, so that recruiters cannot guess a single result.
 */
import type { Audit } from '../audit/audit-log.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import type { Percentile } from '../contract/scorecard.ts';
import { getVisibleSession } from '../sessions/get-session.ts';
import type { Store } from '../store/store.ts';
import { NoPercentile } from '../util/errors.ts';

/** Minimum number of results, including the compared one. */
const MIN_RESULTS = 5;

interface Options {
  store: Store;
  audit: Pick<Audit, 'recordViewed'>;
  isComparisonEnabled: () => boolean;
}

export type GetPercentile = (recruiter: Recruiter, sessionUuid: string) => Promise<Percentile>;

/** The returned function throws NoPercentile, and what `getVisibleSession` throws. */
export function createGetPercentile({ store, audit, isComparisonEnabled }: Options): GetPercentile {
  return async (recruiter, sessionUuid) => {
    const session = await getVisibleSession(store, recruiter, sessionUuid);
    if (!isComparisonEnabled()) throw new NoPercentile('Your IT team has not switched on the comparison of results.');
    if (recruiter.candidateKeys)
      throw new NoPercentile('Your sign-in covers only certain candidates, so results cannot be compared.');
    const { project_id, assessment_type, status } = session;
    if (assessment_type === null) return { count: 0, percentile: null };
    const overall = status === 'completed' ? session.overall : null;
    const {
      all: resultCount,
      lower: lowerCount,
      equal: equalCount,
    } = await store.read(({ sessions }) => sessions.countScores(project_id, assessment_type, overall ?? 0));
    if (overall === null || resultCount < MIN_RESULTS) return { count: resultCount, percentile: null };
    await audit.recordViewed(recruiter, session);
    // The share of the other results that are lower. An equal result counts half.
    const percentile = (100 * (lowerCount + (equalCount - 1) / 2)) / (resultCount - 1);
    return { count: resultCount, percentile: roundPercentile(percentile) };
  };
}

/** Only the lowest result gets 0 and only the highest gets 100: the widget shows them as the lowest and highest. */
function roundPercentile(percentile: number): number {
  const isExtreme = percentile === 0 || percentile === 100;
  return isExtreme ? percentile : Math.min(99, Math.max(1, Math.round(percentile)));
}
