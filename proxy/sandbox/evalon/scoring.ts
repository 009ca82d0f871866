/** Turns answers into a scorecard of the guide's kind: section scores, each question, a narrative summary. */
import { MAX_QUESTION_POINTS, type Question, type Section } from './questions/question.ts';

/** One section as the candidate left it. */
export interface SectionAnswers {
  /** By question id: the index of the chosen option, or what was written. */
  readonly answers: Readonly<Record<string, string>>;
  readonly seconds: number;
}

export interface ScoredQuestion {
  readonly prompt: string;
  readonly score: number;
  readonly max_score: number;
  readonly feedback: string;
  readonly time_seconds: number;
}

export interface ScoredSection {
  readonly name: string;
  readonly score: number;
  readonly max_score: number;
  readonly questions: readonly ScoredQuestion[];
}

export interface AssessmentResult {
  readonly overall: number;
  readonly sections: readonly ScoredSection[];
  readonly narrative_summary: string;
}

const SECTION_MAX = 100;
const WORDS_THAT_DEVELOP_AN_IDEA = 25;

export function scoreAnswers(
  candidateName: string,
  sections: readonly Section[],
  done: readonly SectionAnswers[],
): AssessmentResult {
  const marked = sections.map((section, index) => markSection(section, done[index] ?? { answers: {}, seconds: 0 }));
  const questions = marked.flatMap((section) => section.questions);
  return {
    overall: percent(questions),
    sections: marked,
    narrative_summary: narrate(candidateName, marked, questions),
  };
}

function markSection(section: Section, done: SectionAnswers): ScoredSection {
  const effort = section.questions.map(({ prompt, kind }) => prompt.length * (kind === 'written' ? 3 : 1));
  const whole = effort.reduce((sum, part) => sum + part, 0);
  const questions = section.questions.map((question, index) => ({
    prompt: question.prompt,
    max_score: MAX_QUESTION_POINTS,
    ...markAnswer(question, done.answers[question.id] ?? ''),
    time_seconds: Math.round((done.seconds * (effort[index] ?? 0)) / whole),
  }));
  return { name: section.name, score: percent(questions), max_score: SECTION_MAX, questions };
}

function markAnswer(question: Question, answer: string): { score: number; feedback: string } {
  if (question.kind === 'choice') {
    const chosen = question.options[Number(answer)];
    return chosen ? { score: chosen.points, feedback: chosen.feedback } : { score: 0, feedback: 'Not answered.' };
  }
  const touched = question.expectedTopics.filter(({ words }) => words.test(answer));
  const length = answer.split(/\s+/).filter(Boolean).length;
  const developed = Math.min(length / WORDS_THAT_DEVELOP_AN_IDEA, 1);
  const score = Math.round(4 * developed + 6 * developed * (touched.length / question.expectedTopics.length));
  const missing = question.expectedTopics.filter((subject) => !touched.includes(subject));
  return { score, feedback: describe(touched, missing) };
}

function describe(touched: readonly { name: string }[], missing: readonly { name: string }[]): string {
  const has = touched.length ? `Speaks of ${list(touched)}.` : 'Stays general.';
  return missing.length ? `${has} Leaves open ${list(missing)}.` : has;
}

function list(subjects: readonly { name: string }[]): string {
  return new Intl.ListFormat('en').format(subjects.map(({ name }) => name));
}

function percent(questions: readonly { score: number; max_score: number }[]): number {
  const reached = questions.reduce((sum, { score }) => sum + score, 0);
  const possible = questions.reduce((sum, { max_score }) => sum + max_score, 0);
  return Math.round((100 * reached) / possible);
}

function narrate(name: string, sections: readonly ScoredSection[], questions: readonly ScoredQuestion[]): string {
  const byScore = sections.toSorted((a, b) => b.score - a.score);
  const [best, weakest] = [byScore[0], byScore.at(-1)];
  const [strong, weak] = [extreme(questions, Math.max), extreme(questions, Math.min)];
  if (!best || !weakest || !strong || !weak) return '';
  const opening =
    best.score === weakest.score
      ? `${name} worked evenly through both sections (${best.score} of ${SECTION_MAX} each).`
      : `${name} was at home in “${best.name}” (${best.score} of ${SECTION_MAX}) and less so in “${weakest.name}” (${weakest.score}).`;
  const middle = `Best answer: “${strong.prompt}” – ${lowerFirst(strong.feedback)}`;
  const close =
    weak.score < strong.score ? ` Worth talking through: “${weak.prompt}” – ${lowerFirst(weak.feedback)}` : '';
  return `${opening} ${middle}${close}`;
}

function extreme(
  questions: readonly ScoredQuestion[],
  pick: (...scores: number[]) => number,
): ScoredQuestion | undefined {
  const score = pick(...questions.map((question) => question.score));
  return questions.find((question) => question.score === score);
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
