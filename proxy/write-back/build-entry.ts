/** Builds the entries that the proxy writes into an ATS, from the templates of `ATS_WRITE_BACK`. */
import type { WriteEntry } from '../ats/writer.ts';
import { getTargetKey, type WriteOccasion, type WriteTarget } from '../config/write-back.ts';
import type { Assessment } from '../contract/client-config.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { WriteFacts } from '../sessions/enqueue-ats-writes.ts';
import type { OutboxRow, SessionRow } from '../store/schema.ts';

/** Returns the target that a row belongs to, or undefined if IT has removed the target from `ATS_WRITE_BACK`. */
export function findTarget(targets: readonly WriteTarget[], row: OutboxRow): WriteTarget | undefined {
  return targets.find(
    (target) => getTargetKey(target) === row.target && target.on.some((name) => name === row.occasion),
  );
}

export interface RowContext {
  session: SessionRow;
  target: WriteTarget;
  assessments: readonly Assessment[];
  /** A keyed hash of the session's id, because the ATS must not get Evalon's own id. */
  sessionId: string;
  /** The URL of the session's result page, for templates with `{result_url}`. */
  resultUrl: string;
}

/** Builds the entry of a row, with the marker that is part of a note. */
export function buildRowEntry(row: OutboxRow, { session, target, assessments, sessionId, resultUrl }: RowContext) {
  const { project_id, assessment_type, scorecard } = session;
  const offer = assessments.find(
    (assessment) => assessment.project_id === project_id && assessment.assessment_type === assessment_type,
  );
  const marker = `[evalon ${sessionId.slice(0, MARKER_ID_CHARS)}-${row.version}]`;
  const entry = buildEntry(target, {
    link: session.candidate_url ?? '',
    // Only rows of other channels have the occasion `status`.
    occasion: row.occasion as WriteOccasion,
    facts: JSON.parse(row.facts) as WriteFacts,
    assessment: offer?.label ?? assessment_type ?? 'assessment',
    narrative: scorecard === null ? '' : ((JSON.parse(scorecard) as Scorecard).narrative ?? ''),
    resultUrl,
    marker,
  });
  return { entry, marker };
}

const DEFAULT_NOTES: Record<WriteOccasion, string> = {
  invited: 'Evalon: invited to {assessment} on {date}.',
  completed: 'Evalon: {assessment} completed on {date}. Overall score: {score}\n{sections}',
  ended: 'Evalon: {assessment} ended on {date} without a result ({status}).',
};
const DEFAULT_FIELDS: Record<WriteOccasion, string> = { invited: 'invited', completed: '{score}', ended: '{status}' };
const DEFAULT_TAGS: Record<WriteOccasion, string> = {
  invited: 'Evalon: invited',
  completed: 'Evalon: completed',
  ended: 'Evalon: {status}',
};
/** Well below what the ATSs accept. */
const MAX_TEXT_CHARS = 20_000;
/** Characters of `sessionId` that suffice to identify the session in a note. */
const MARKER_ID_CHARS = 12;
/** The length of the date at the beginning of an ISO timestamp. */
const DATE_CHARS = 10;

interface EntrySource {
  /** The candidate's link. */
  link: string;
  occasion: WriteOccasion;
  facts: WriteFacts;
  /** Name of the assessment. */
  assessment: string;
  /** Evalon's summary in words, for templates with `{narrative}`. */
  narrative: string;
  resultUrl: string;
  marker: string;
}

function buildEntry(target: WriteTarget, source: EntrySource): WriteEntry {
  if (target.as === 'link') return { as: 'link', url: source.link, field: target.field };
  const { occasion, facts, assessment, marker } = source;
  const fill = (defaults: Record<WriteOccasion, string>) =>
    fillTemplate(target.text[occasion] ?? defaults[occasion], source);
  switch (target.as) {
    case 'note':
      return { as: 'note', text: `${fill(DEFAULT_NOTES).slice(0, MAX_TEXT_CHARS).toWellFormed()}\n${marker}` };
    case 'field':
      return { as: 'field', field: target.field, value: fill(DEFAULT_FIELDS).slice(0, MAX_TEXT_CHARS).toWellFormed() };
    case 'tag':
      return { as: 'tag', tag: fill(DEFAULT_TAGS).slice(0, MAX_TEXT_CHARS).toWellFormed() };
    case 'assessment':
      return {
        as: 'assessment',
        name: assessment,
        score: { overall: facts.overall, overallMax: facts.overall_max, sections: facts.sections },
        completedAtMs: Date.parse(facts.at),
      };
  }
}

/** Fills all placeholders in one pass, so placeholders in inserted values stay. Unknown placeholders stay too. */
function fillTemplate(template: string, { facts, assessment, narrative, resultUrl }: EntrySource): string {
  const { status, at, overall, overall_max, sections } = facts;
  const values: Record<string, string> = {
    assessment,
    status,
    narrative,
    result_url: resultUrl,
    date: at.slice(0, DATE_CHARS),
    score: formatScore(overall, overall_max),
    overall: overall === null ? '' : String(overall),
    overall_max: overall_max === null ? '' : String(overall_max),
    sections: sections.map(({ name, score, max_score }) => `${name}: ${formatScore(score, max_score)}`).join('\n'),
  };
  const isKnown = (name: string) => Object.hasOwn(values, name);
  return template.replace(/\{(\w+)\}/g, (text, name: string) => (isKnown(name) ? (values[name] ?? '') : text)).trim();
}

/** Shows the maximum only if it is known. */
function formatScore(score: number | null, max: number | null): string {
  if (score === null) return 'none';
  return max === null ? String(score) : `${score} / ${max}`;
}
