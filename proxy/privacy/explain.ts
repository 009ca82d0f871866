/**
 * Explains a candidate's results, for a candidate who asks how an assessment was used. The text has facts that the
 * proxy stored, without recruiters' names. It marks what the company and Evalon must add.
 */
import { type Actor, PROXY_ISSUER, recordAudit } from '../audit/audit-log.ts';
import { toRecruiterId } from '../auth/recruiter.ts';
import type { Config } from '../config/config.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { type ExportedSession, exportSession } from './export.ts';

type ExplanationConfig = Pick<Config, 'assessments' | 'isComparisonEnabled'>;

interface Options {
  store: Store;
  clock: Clock;
  config: () => ExplanationConfig;
}

/** Returns Markdown that is readable as plain text. */
export type ExplainCandidate = (email: string, actor: Actor) => Promise<string>;

export function createExplainCandidate({ store, clock, config }: Options): ExplainCandidate {
  return (email, actor) =>
    store.write(async (queries) => {
      const candidate_key = toCandidateKey(email);
      const rows = await queries.sessions.listByCandidates([candidate_key]);
      if (rows.length) {
        await recordAudit(queries, { actor, action: 'exported', detail: 'explanation', subject: { candidate_key } });
      }
      const sessions = await Promise.all(
        rows.map(async (row) => renderSession(await exportSession(queries, row), row, config())),
      );
      const parts = [
        renderIntroduction(candidate_key, timestamp(clock), sessions.length),
        ...sessions,
        ...(sessions.length ? [renderUse(config())] : []),
      ];
      return removeControls(`${parts.join('\n\n')}\n`);
    });
}

/** Line breaks stay. Other control characters and changes of direction could disguise text in a terminal. */
function removeControls(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
}

function renderIntroduction(candidateKey: string, now: string, sessionCount: number): string {
  const countSentence = sessionCount
    ? `The records contain ${sessionCount} ${sessionCount === 1 ? 'assessment' : 'assessments'}.`
    : 'The records contain no assessment of this person.';
  return [
    `# Assessments of ${candidateKey}`,
    `Written on ${now} from the records of the software that connects the company's hiring system to Evalon. ${countSentence} Times are in UTC.`,
  ].join('\n\n');
}

function renderSession(session: ExportedSession, row: SessionRow, { assessments }: ExplanationConfig): string {
  const { assessment_type, project_id, scorecard } = session;
  const offered = assessments.find(
    (item) => item.project_id === project_id && item.assessment_type === assessment_type,
  );
  return [
    `## ${offered?.label ?? assessment_type ?? 'Assessment of an unknown type'} (project ${project_id})`,
    renderList([
      `Name: ${session.candidate_name}`,
      `Invited: ${session.invited_at}, ${describeInviter(row)}`,
      `Status: ${session.status}`,
    ]),
    '### Notice',
    renderNotice(session),
    '### What happened',
    renderList(session.history.map((entry) => `${entry.at}: ${entry.type}${renderScoreInBrackets(entry)}`)),
    '### Result',
    scorecard ? renderScorecard(scorecard) : 'There is no result.',
    '### Who read the result',
    renderList(session.result_reads.map(({ at }) => `${at}: a recruiter, for the first time`)),
  ].join('\n\n');
}

function describeInviter({ invited_by, inviter_id }: SessionRow): string {
  if (invited_by === null) return 'by another system';
  if (inviter_id !== toRecruiterId({ iss: PROXY_ISSUER, sub: invited_by })) return 'by a recruiter';
  return invited_by.startsWith('trigger:')
    ? 'automatically by a rule of the company for a stage of its hiring system'
    : 'by an order in the hiring system';
}

function renderNotice({ handovers }: ExportedSession): string {
  const handoversWithNotice = handovers.filter(({ with_notice }) => with_notice);
  if (!handoversWithNotice.length)
    return "The records don't show that a message with the company's notice was passed on.";
  return renderList(
    handoversWithNotice.map(({ at, kind, channel }) =>
      channel === 'mail'
        ? `${at}: a recruiter opened the ${kind} with the notice in a mail program.`
        : `${at}: a recruiter copied the ${kind} with the notice.`,
    ),
  );
}

function renderScorecard({ overall, overall_max, sections, narrative, incomplete }: Scorecard): string {
  const lines = [
    `- Overall: ${renderScore(overall, overall_max)}`,
    ...sections.flatMap(({ name, score, max_score, questions }) => [
      `- ${toLine(name)}: ${renderScore(score, max_score)}`,
      ...questions.flatMap((question) => [
        `  - ${toLine(question.title)}: ${renderScore(question.score, question.max_score)}`,
        ...(question.feedback ? [`    Evalon's feedback: ${toLine(question.feedback)}`] : []),
      ]),
    ]),
  ];
  const summary = narrative && ["Evalon's summary:", '', ...narrative.split(/\r?\n/).map((line) => `> ${line}`)];
  return [
    lines.join('\n'),
    ...(summary ? [summary.join('\n')] : []),
    ...(incomplete?.length ? [`Evalon has not returned: ${incomplete.join(', ')}.`] : []),
  ].join('\n\n');
}

function renderUse({ isComparisonEnabled }: ExplanationConfig): string {
  return [
    '## How the result is used',
    renderList([
      'Evalon calculated the scores and wrote the summary. This software shows them unchanged.',
      'This software does not rank, recommend, reject or advance candidates.',
      isComparisonEnabled
        ? 'Recruiters may see how many other candidates of the same assessment have a lower overall score, and may compare results side by side.'
        : "Recruiters don't see a comparison with other candidates in this software.",
    ]),
    '## To be added before this text is handed over',
    renderList([
      'By the company: what it decided, which part the result had in the decision, and which person decided.',
      'By the company: how to request a review, a correction or an alternative process.',
      'By Evalon: how it calculates scores and writes summaries. This software does not know.',
    ]),
  ].join('\n\n');
}

function renderScore(score: number | null, max: number | null): string {
  if (score === null) return 'no score';
  return max === null ? `${score} (the maximum is unknown)` : `${score} of ${max}`;
}

function renderScoreInBrackets({
  overall,
  overall_max,
}: {
  overall: number | null;
  overall_max: number | null;
}): string {
  return overall === null ? '' : ` (${renderScore(overall, overall_max)})`;
}

function renderList(items: readonly string[]): string {
  return items.length ? items.map((item) => `- ${item}`).join('\n') : 'None.';
}

function toLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
