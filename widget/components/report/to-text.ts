/** A result as plain text, for a mail or a note. */
import type { Scorecard, Session } from '../../api/parse.ts';
import { sessionDate } from '../../strings/en/common.ts';
import { copiedFactSeparator, overallScore, resultTitle, sectionScore } from '../../strings/en/report.ts';

/** The content of a copied or printed result. */
export interface Report {
  session: Session;
  assessment: string;
  scorecard: Scorecard;
  percentile: string | undefined;
}

export function reportToText({ session, assessment, scorecard, percentile = '' }: Report): string {
  const { overall, overall_max, sections, narrative } = scorecard;
  const facts = [sessionDate(session), overall === undefined ? '' : overallScore(overall, overall_max), percentile];
  return [
    `${resultTitle(session, assessment)} (${session.candidate_email})`,
    facts.filter(Boolean).join(copiedFactSeparator),
    '',
    ...sections.map(sectionScore),
    ...(narrative ? ['', narrative.trim()] : []),
  ].join('\n');
}
