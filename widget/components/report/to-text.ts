/** A result as plain text, for a mail or a note. */

import type { Result, Session } from '../../api/parse.ts';
import { about, overall, score, since } from '../../strings/en/common.ts';
import { titleOf } from '../../strings/en/report.ts';

export function text(session: Session, label: string, card: Result, standing = ''): string {
  const { overall: total, sections, narrative } = card;
  const facts = [since(session), total === undefined ? '' : `${overall} ${score(total)} / 100`, standing];
  return [
    `${titleOf(session, label)} (${session.candidate_email})`,
    facts.filter(Boolean).join('. '),
    '',
    ...sections.map((section) => about(section.name, score(section.score, section.max_score))),
    ...(narrative ? ['', narrative.trim()] : []),
  ].join('\n');
}
