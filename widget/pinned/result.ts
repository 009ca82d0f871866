/** The part of the pinned file that a result needs. */
export * as evalonHistory from '../components/history/evalon-history.ts';
export * as scorecard from '../components/scorecard.ts';
export * as evalonScorecard from '../elements/evalon-scorecard/evalon-scorecard.ts';
