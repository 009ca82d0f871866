/** The part of the pinned file that few pages need. It shares code with the part for results. */
import './result.ts';

export * as diagnose from '../diagnose/diagnose.ts';
export * as evalonCohort from '../elements/evalon-cohort/evalon-cohort.ts';
export * as evalonInbox from '../elements/evalon-inbox/evalon-inbox.ts';
export * as evalonResults from '../elements/evalon-results/evalon-results.ts';
