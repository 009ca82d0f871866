/** A result as plain text, for a mail or a note. */

import type { Scorecard, Session } from '../../api/parse.ts';
import { formatScore, overallHeading, sessionDate, withSubject } from '../../strings/en/common.ts';
import { resultTitle } from '../../strings/en/report.ts';

export function scorecardToText(session: Session, label: string, card: Scorecard, standing = ''): string {
  const { overall: total, sections, narrative } = card;
  const facts = [
    sessionDate(session),
    total === undefined ? '' : `${overallHeading} ${formatScore(total)} / 100`,
    standing,
  ];
  return [
    `${resultTitle(session, label)} (${session.candidate_email})`,
    facts.filter(Boolean).join('. '),
    '',
    ...sections.map((section) => withSubject(section.name, formatScore(section.score, section.max_score))),
    ...(narrative ? ['', narrative.trim()] : []),
  ].join('\n');
}
