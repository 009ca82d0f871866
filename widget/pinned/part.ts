/** The part of the pinned file: what only a result, few pages or the console need. */

export * as evalonHistory from '../components/history/evalon-history.ts';
export * as scorecard from '../components/scorecard.ts';
export * as diagnose from '../diagnose/diagnose.ts';
export * as evalonCohort from '../elements/evalon-cohort/evalon-cohort.ts';
export * as evalonInbox from '../elements/evalon-inbox/evalon-inbox.ts';
export * as evalonResults from '../elements/evalon-results/evalon-results.ts';
export * as evalonScorecard from '../elements/evalon-scorecard/evalon-scorecard.ts';
