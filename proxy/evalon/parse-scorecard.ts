/** Parses the response to a read of a scorecard. */
import type { Question, Scorecard, ScorecardPart, Section } from '../contract/scorecard.ts';
import type { SessionStatus } from '../contract/status.ts';
import { completionFlags, completionTimes, type EvalonField } from './field-map.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import { isJsonObject } from './folded-keys.ts';
import { parseStatusWord, readCandidate } from './parse-session.ts';
import type { ParseContext, Parsed } from './parsed.ts';
import { isOutOfRange, parseMaxScore, parseScore, parseSeconds, type Score } from './values/score.ts';
import { isFinishedWord, parseStatus } from './values/status.ts';
import { parseHeading, parseLine, parseProse, parseSessionUuid } from './values/text.ts';
import { parseTime } from './values/time.ts';

const MAX_SECTIONS = 100;
const MAX_QUESTIONS_PER_SECTION = 200;

/** Response of `GET /api/v1/sessions/{session_uuid}/scorecard/`. */
export interface ScorecardResponse {
  session_uuid?: string | undefined;
  candidate_email?: string | undefined;
  project_id?: string | undefined;
  /** The scorecard's own status, if the proxy knows that status. */
  status?: SessionStatus | undefined;
  /**
   * Whether the scorecard completes the session: the scorecard has a score, and no status other than a finished one. A
   * completion time alone is not enough. Parts may still be missing: see `scorecard.incomplete`.
   */
  isComplete: boolean;
  scorecard: Scorecard;
}

/**
 * Parses a scorecard. A scorecard that names another session is a conflict.
 * @param sessionUuid the session whose scorecard was requested.
 */
export function parseScorecardResponse(
  body: unknown,
  sessionUuid: string,
  { fieldMap, now }: ParseContext,
): Parsed<ScorecardResponse> {
  const reader = createFieldReader('scorecard', fieldMap, body);
  const session_uuid = reader.readIdentity('session_uuid', parseSessionUuid);
  if (session_uuid !== undefined && session_uuid !== sessionUuid) reader.report.addProblem('session_uuid', 'conflict');
  const candidate = readCandidate(reader);
  const overall = readOverall(reader);
  const sections = readSections(reader);
  const narrative = reader.read('narrative', parseProse);
  const completed_at = reader.read('completed_at', (value) => parseTime(value, now));
  const assessment_type = reader.read('assessment_type', parseLine) ?? null;
  const statusWords = reader.readAll('status', parseStatusWord);
  const incomplete = listMissingParts(overall, sections, narrative);
  const value: ScorecardResponse = {
    session_uuid,
    ...candidate,
    status: statusWords.map(parseStatus).find((status) => status !== undefined),
    isComplete: isComplete(reader, statusWords, overall, sections),
    scorecard: {
      session_uuid: sessionUuid,
      assessment_type,
      overall: overall?.value ?? null,
      overall_max: overall?.max ?? null,
      sections,
      ...(narrative !== undefined && { narrative }),
      ...(completed_at !== undefined && { completed_at }),
      ...(incomplete.length && { incomplete }),
    },
  };
  const isUnderstood = typeof body === 'object' && body !== null && !reader.hasConflict();
  return { value: isUnderstood ? value : undefined, report: reader.report.build(body) };
}

function isComplete(
  reader: FieldReader,
  statusWords: readonly string[],
  overall: Score | undefined,
  sections: readonly Section[],
): boolean {
  const scores = [overall?.value ?? null, ...sections.map(({ score }) => score)].filter((score) => score !== null);
  if (!scores.length || !statusWords.every(isFinishedWord) || reader.report.hasProblem('ambiguous', 'status'))
    return false;
  if (reader.some(completionFlags, (value) => value === false)) return false;
  // A scorecard with only zeros, a `completed_at` of null and no status is a placeholder.
  const isZero = scores.every((score) => score === 0);
  return !(isZero && !statusWords.length && reader.some(completionTimes, (value) => value === null));
}

function listMissingParts(
  overall: Score | undefined,
  sections: readonly Section[],
  narrative: string | undefined,
): ScorecardPart[] {
  const parts: [ScorecardPart, boolean][] = [
    ['overall', overall !== undefined],
    ['sections', sections.some(({ score }) => score !== null)],
    ['narrative', narrative !== undefined],
  ];
  return parts.flatMap(([part, isPresent]) => (isPresent ? [] : [part]));
}

/** Uses a maximum only if it is in the same object as the score, or in an enclosing one. */
function readOverall(reader: FieldReader): Score | undefined {
  const found = reader.find('overall', parseScore);
  if (!found) return undefined;
  const scoreObject = getParent(found.pointer);
  const accepts = (pointer: string) => `${scoreObject}/`.startsWith(`${getParent(pointer)}/`);
  const max = found.value.max ?? reader.find('overall_max', parseMaxScore, { accepts })?.value ?? null;
  return checkRange(reader, 'overall', { value: found.value.value, max }, found.pointer);
}

function getParent(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function readSections(reader: FieldReader): Section[] {
  const found = reader.find('sections', parseItems);
  return (found?.value ?? []).slice(0, MAX_SECTIONS).map(([position, item]) => {
    const pointer = `${found?.pointer}/${position}`;
    const section = reader.createItemReader(item, pointer);
    return {
      name: section.read('section.name', parseHeading) ?? `Section ${position + 1}`,
      ...readScore(section, 'section.score', 'section.max_score'),
      questions: readQuestions(section),
    };
  });
}

function readQuestions(section: FieldReader): Question[] {
  const found = section.find('section.questions', parseItems);
  return (found?.value ?? []).slice(0, MAX_QUESTIONS_PER_SECTION).map(([position, item]) => {
    const question = section.createItemReader(item, `${found?.pointer}/${position}`);
    const feedback = question.read('question.feedback', parseProse);
    const time_seconds = question.read('question.time_seconds', parseSeconds);
    return {
      title: question.read('question.title', parseHeading) ?? `Question ${position + 1}`,
      ...readScore(question, 'question.score', 'question.max_score'),
      ...(feedback !== undefined && { feedback }),
      ...(time_seconds !== undefined && { time_seconds }),
    };
  });
}

/** Returns the items of a list that are objects, with their positions. Returns undefined if there are none. */
function parseItems(value: unknown): [number, object][] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.flatMap((item, position): [number, object][] => (isJsonObject(item) ? [[position, item]] : []));
  return items.length ? items : undefined;
}

function readScore(reader: FieldReader, field: EvalonField, maxField: EvalonField) {
  const found = reader.find(field, parseScore);
  const max = found?.value.max ?? reader.read(maxField, parseMaxScore) ?? null;
  const score = found && checkRange(reader, field, { value: found.value.value, max }, found.pointer);
  return { score: score?.value ?? null, max_score: score ? score.max : max };
}

/** If a score is outside 0 to its maximum, keeps the score and drops the maximum. */
function checkRange(reader: FieldReader, field: EvalonField, score: Score, pointer: string): Score {
  if (!isOutOfRange(score)) return score;
  reader.report.addProblem(field, 'out_of_range', pointer);
  return { ...score, max: null };
}
