/**
 * Turns answers into a scorecard as Evalon's guide describes it: section scores, each question, a narrative summary.
 */
import { MAX_QUESTION_POINTS, type Question, type Section } from './questions/question.ts';

export interface SectionAnswers {
  /** By question id: the index of the chosen option, or the written text. */
  readonly answers: Readonly<Record<string, string>>;
  readonly seconds: number;
}

export interface ScoredQuestion {
  readonly prompt: string;
  readonly score: number;
  readonly max_score?: number;
  readonly feedback?: string;
  readonly time_seconds?: number;
}

export interface ScoredSection {
  readonly name: string;
  readonly score: number;
  readonly max_score?: number;
  readonly questions?: readonly ScoredQuestion[];
}

export interface Scorecard {
  readonly session_uuid: string;
  readonly assessment_type: string;
  readonly overall: number;
  readonly overall_max?: number;
  readonly sections: readonly ScoredSection[];
  readonly narrative_summary: string;
  readonly completed_at: string;
}

type QuestionResult = Required<ScoredQuestion>;
type SectionResult = Required<ScoredSection> & { readonly questions: readonly QuestionResult[] };

const OVERALL_MAX = 100;
const SECTION_MAX = 100;
const FULL_ANSWER_WORDS = 25;
/** A written answer earns up to these points for its length and for its topics. Their sum is `MAX_QUESTION_POINTS`. */
const MAX_LENGTH_POINTS = 4;
const MAX_TOPIC_POINTS = 6;
/** Writing takes three times as long as choosing. */
const WRITING_EFFORT_FACTOR = 3;

export function scoreAnswers(
  candidateName: string,
  sections: readonly Section[],
  answered: readonly SectionAnswers[],
): Pick<Scorecard, 'overall' | 'overall_max' | 'sections' | 'narrative_summary'> {
  const scored = sections.map((section, index) =>
    scoreSection(section, answered[index] ?? { answers: {}, seconds: 0 }),
  );
  const questions = scored.flatMap((section) => section.questions);
  return {
    overall: computePercent(questions),
    overall_max: OVERALL_MAX,
    sections: scored,
    narrative_summary: summarize(candidateName, scored, questions),
  };
}

/** Splits the section's time over its questions by the length of each prompt. */
function scoreSection(section: Section, { answers, seconds }: SectionAnswers): SectionResult {
  const efforts = section.questions.map(
    ({ prompt, kind }) => prompt.length * (kind === 'written' ? WRITING_EFFORT_FACTOR : 1),
  );
  const totalEffort = efforts.reduce((sum, effort) => sum + effort, 0);
  const questions = section.questions.map((question, index) => ({
    prompt: question.prompt,
    max_score: MAX_QUESTION_POINTS,
    ...scoreAnswer(question, answers[question.id] ?? ''),
    time_seconds: Math.round((seconds * (efforts[index] ?? 0)) / totalEffort),
  }));
  return { name: section.name, score: computePercent(questions), max_score: SECTION_MAX, questions };
}

/** A short written answer earns only a share of the points for its length and its topics. */
function scoreAnswer(question: Question, answer: string): { score: number; feedback: string } {
  if (question.kind === 'choice') {
    const chosen = question.options[Number(answer)];
    return chosen ? { score: chosen.points, feedback: chosen.feedback } : { score: 0, feedback: 'Not answered.' };
  }
  const covered = question.expectedTopics.filter(({ words }) => words.test(answer));
  const missing = question.expectedTopics.filter((topic) => !covered.includes(topic));
  const wordCount = answer.split(/\s+/).filter(Boolean).length;
  const lengthFactor = Math.min(wordCount / FULL_ANSWER_WORDS, 1);
  const score = Math.round(
    lengthFactor * (MAX_LENGTH_POINTS + (MAX_TOPIC_POINTS * covered.length) / question.expectedTopics.length),
  );
  return { score, feedback: describeTopics(covered, missing) };
}

function describeTopics(covered: readonly { name: string }[], missing: readonly { name: string }[]): string {
  const found = covered.length ? `Covers ${formatList(covered)}.` : 'Stays general.';
  return missing.length ? `${found} Does not mention ${formatList(missing)}.` : found;
}

function formatList(topics: readonly { name: string }[]): string {
  return new Intl.ListFormat('en').format(topics.map(({ name }) => name));
}

function computePercent(questions: readonly QuestionResult[]): number {
  const reached = questions.reduce((sum, { score }) => sum + score, 0);
  const possible = questions.reduce((sum, { max_score }) => sum + max_score, 0);
  return Math.round((100 * reached) / possible);
}

function summarize(name: string, sections: readonly SectionResult[], questions: readonly QuestionResult[]): string {
  const sectionsByScore = sections.toSorted((a, b) => b.score - a.score);
  const questionsByScore = questions.toSorted((a, b) => b.score - a.score);
  const [best, worst] = [sectionsByScore[0], sectionsByScore.at(-1)];
  const [strong, weak] = [questionsByScore[0], questionsByScore.at(-1)];
  if (!best || !worst || !strong || !weak) return '';
  const opening =
    best.score === worst.score
      ? `${name} scored the same in both sections (${best.score} of ${SECTION_MAX}).`
      : `${name} was strongest in “${best.name}” (${best.score} of ${SECTION_MAX}) and weakest in “${worst.name}” (${worst.score}).`;
  const strength = `Best answer: “${strong.prompt}” ${strong.feedback}`;
  const weakness = weak.score < strong.score ? ` To discuss in the interview: “${weak.prompt}” ${weak.feedback}` : '';
  return `${opening} ${strength}${weakness}`;
}
