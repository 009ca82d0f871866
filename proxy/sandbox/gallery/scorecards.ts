/** Scorecards: full, sparse, unusual, long, hostile and Arabic. */
import type { Scorecard } from '../../contract/scorecard.ts';
import type { Session } from '../../contract/session.ts';
import { createSession, SESSION_UUID } from './fixtures.ts';

const COMPLETED_AT = '2026-01-14T16:05:00.000Z';

const createScorecard = (changes: Partial<Scorecard>): Scorecard => ({
  session_uuid: SESSION_UUID,
  assessment_type: 'marketing',
  overall: null,
  overall_max: 100,
  sections: [],
  completed_at: COMPLETED_AT,
  ...changes,
});

export const FULL_SCORECARD = createScorecard({
  overall: 82,
  narrative:
    'Jane plans campaigns from the question they should answer, and names what she would cut to stay within budget. Her analysis is sound and short.\n\nShe is less practiced in reading test results: she took a difference within the noise for a finding. In an interview it is worth asking how she decides when an experiment has run long enough.',
  sections: [
    {
      name: 'Campaign planning',
      score: 91,
      max_score: 100,
      questions: [
        {
          title: 'A launch has half of its planned budget. What do you cut first?',
          score: 95,
          max_score: 100,
          feedback: 'Keeps the measurement, cuts one channel and explains the choice.',
          time_seconds: 214,
        },
        {
          title: 'Which two numbers would you report every week, and who needs them?',
          score: 87,
          max_score: 100,
          feedback: 'Names acquisition cost and activation. Names only one reader.',
          time_seconds: 148,
        },
      ],
    },
    {
      name: 'Analysis',
      score: 84,
      max_score: 100,
      questions: [
        {
          title: 'Visits rose by 20% and sign-ups did not. What do you check?',
          score: 84,
          max_score: 100,
          feedback: 'Checks the source of the visits first, then the funnel step by step.',
          time_seconds: 302,
        },
      ],
    },
    {
      name: 'Experiment design',
      score: 58,
      max_score: 100,
      questions: [
        {
          title: 'A variant is 2% ahead after three days. What do you do?',
          score: 40,
          max_score: 100,
          feedback: 'Would stop the test and ship. The sample is too small.',
          time_seconds: 61,
        },
        {
          title: 'Write the hypothesis for a shorter checkout.',
          score: 76,
          max_score: 100,
          feedback: 'One change, one number, one direction. The duration is missing.',
          time_seconds: 187,
        },
      ],
    },
    {
      name: 'Writing',
      score: 95,
      max_score: 100,
      questions: [
        { title: 'Shorten this product page to three sentences.', score: 95, max_score: 100, time_seconds: 240 },
      ],
    },
  ],
});

export const SPARSE_SCORECARD = createScorecard({});

export const ODD_SCORECARD = createScorecard({
  overall: 67.5,
  sections: [
    {
      name: 'Case study',
      score: 7,
      max_score: 10,
      questions: [
        { title: 'Outline the first week.', score: 4, max_score: 5, time_seconds: 5_400 },
        { title: 'A question that was not scored', score: null, max_score: 5, feedback: 'Left out by the candidate.' },
        { title: 'A question with zero points', score: 0, max_score: 5 },
      ],
    },
    { name: 'Numeracy', score: 0, max_score: 100, questions: [] },
    { name: 'Languages', score: null, max_score: 100, questions: [] },
    { name: 'Speed', score: 33.333_33, max_score: 40, questions: [] },
    { name: 'Above the maximum', score: 112, max_score: 100, questions: [] },
  ],
});

/** Without spaces, so that the browser has no line break opportunity. */
const LONG_WORD = 'Kundenzufriedenheitsverbesserungsmaßnahmenplanung'.repeat(3);

export const LONG_SCORECARD = createScorecard({
  overall: 100,
  narrative: `${LONG_WORD} ${'A long narrative that describes every detail of the assessment. '.repeat(12)}`,
  sections: Array.from({ length: 12 }, (_, index) => ({
    name: index % 3 ? `Section ${index + 1}, with a name that is wider than a side panel` : LONG_WORD,
    score: (index * 37) % 101,
    max_score: 100,
    questions: Array.from({ length: 3 }, (_unused, questionIndex) => ({
      title: questionIndex ? `Question ${questionIndex + 1}: ${'why, and what else? '.repeat(9).trim()}` : LONG_WORD,
      score: 12_345.67,
      max_score: 100_000,
      feedback: 'Feedback that is longer than usual. '.repeat(6).trim(),
      time_seconds: 86_400,
    })),
  })),
});

const MARKUP = '<img src=x onerror="document.title=1"><script>alert(1)</script>';

export const HOSTILE_SCORECARD = createScorecard({
  overall: 50,
  narrative: `${MARKUP} \u202eReversed by an unclosed override. </style></p></div>`,
  sections: [
    {
      name: `Section ${MARKUP}`,
      score: 50,
      max_score: 100,
      questions: [{ title: `\u2067\u2066${MARKUP}`, score: 50, max_score: 100, feedback: '{{7*7}} %00 \u202egnp.exe' }],
    },
  ],
});

export const ARABIC_SCORECARD = createScorecard({
  overall: 87,
  narrative:
    'تخطط ليلى للحملات انطلاقًا من السؤال الذي ينبغي أن تجيب عنه (KPI)، وتذكر ما تستغني عنه كي تلتزم بالميزانية.',
  sections: [
    {
      name: 'تخطيط الحملات',
      score: 91,
      max_score: 100,
      questions: [{ title: 'ما الذي تحذفه أولًا؟', score: 9, max_score: 10, feedback: 'جواب واضح.', time_seconds: 214 }],
    },
    { name: 'التحليل (SQL)', score: 84, max_score: 100, questions: [] },
  ],
});

/** Creates a completed session whose summary matches the scorecard. */
export function createCompletedSession(
  { overall, overall_max, sections, completed_at }: Scorecard,
  changes: Partial<Session> = {},
): Session {
  return createSession('completed', {
    ...(completed_at && { completed_at, updated_at: completed_at }),
    score_summary: {
      overall,
      overall_max,
      sections: sections.flatMap(({ name, score, max_score }) =>
        score === null ? [] : { name, score, ...(max_score !== null && { max_score }) },
      ),
    },
    ...changes,
  });
}
