/** Scorecards: full, sparse, odd, and far too long. */
import type { Scorecard } from '../../contract/scorecard.ts';
import type { Session } from '../../contract/session.ts';
import { createSession, SESSION_UUID } from './fixtures.ts';

const COMPLETED_AT = '2026-01-14T16:05:00.000Z';

const scorecardOf = (changes: Partial<Scorecard>): Scorecard => ({
  session_uuid: SESSION_UUID,
  assessment_type: 'marketing',
  overall: null,
  sections: [],
  completed_at: COMPLETED_AT,
  ...changes,
});

export const FULL_SCORECARD = scorecardOf({
  overall: 82,
  narrative:
    'Jane plans campaigns from the question that they should answer, and says what she would leave out to keep to the budget. Her analysis is sound and short.\n\nShe is less practised in reading test results: a difference within the noise was taken for a finding. In an interview it is worth asking how she decides when an experiment has run long enough.',
  sections: [
    {
      name: 'Campaign planning',
      score: 91,
      max_score: 100,
      questions: [
        {
          title: 'A launch has half the budget it was planned with. What do you cut first?',
          score: 95,
          max_score: 100,
          feedback: 'Keeps the measurement and cuts a channel, with a reason for which one.',
          time_seconds: 214,
        },
        {
          title: 'Which two numbers would you report weekly, and to whom?',
          score: 87,
          max_score: 100,
          feedback: 'Names acquisition cost and activation. The second reader is left open.',
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
          title: 'Visits rose by a fifth and sign-ups did not. Where do you look?',
          score: 84,
          max_score: 100,
          feedback: 'Looks at the source of the visits first, then at the funnel step by step.',
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
          title: 'A variant is two per cent ahead after three days. What do you do?',
          score: 40,
          max_score: 100,
          feedback: 'Would stop the test and ship. The sample is too small to tell.',
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

export const SPARSE_SCORECARD = scorecardOf({});

export const ODD_SCORECARD = scorecardOf({
  overall: 67.5,
  sections: [
    {
      name: 'Case study',
      score: 7,
      max_score: 10,
      questions: [
        { title: 'Outline the first week.', score: 4, max_score: 5, time_seconds: 5_400 },
        { title: 'A question that was not scored', score: null, max_score: 5, feedback: 'Left out by the candidate.' },
        { title: 'A question with no points at all', score: 0, max_score: 5 },
      ],
    },
    { name: 'Numeracy', score: 0, max_score: 100, questions: [] },
    { name: 'Languages', score: null, max_score: 100, questions: [] },
    { name: 'Speed', score: 33.333_33, max_score: 40, questions: [] },
    { name: 'More than can be had', score: 112, max_score: 100, questions: [] },
  ],
});

/** One word, no space: the browser finds no place to break it by itself. */
const WORD = 'Kundenzufriedenheitsverbesserungsmaßnahmenplanung'.repeat(3);

export const LONG_SCORECARD = scorecardOf({
  overall: 100,
  narrative: `${WORD} ${'A narrative that goes on and on, because somebody asked for every detail. '.repeat(12)}`,
  sections: Array.from({ length: 12 }, (_, index) => ({
    name: index % 3 ? `Section ${index + 1}, with a name that needs more room than a side panel has to give` : WORD,
    score: (index * 37) % 101,
    max_score: 100,
    questions: Array.from({ length: 3 }, (_unused, question) => ({
      title: question ? `Question ${question + 1}: ${'why, and what else? '.repeat(9).trim()}` : WORD,
      score: 12_345.67,
      max_score: 100_000,
      feedback: 'Feedback that is longer than anybody reads. '.repeat(6).trim(),
      time_seconds: 86_400,
    })),
  })),
});

const MARKUP = '<img src=x onerror="document.title=1"><script>alert(1)</script>';

export const HOSTILE_SCORECARD = scorecardOf({
  overall: 50,
  narrative: `${MARKUP} \u202eReversed by an override that is never closed. </style></p></div>`,
  sections: [
    {
      name: `Section ${MARKUP}`,
      score: 50,
      max_score: 100,
      questions: [{ title: `\u2067\u2066${MARKUP}`, score: 50, max_score: 100, feedback: '{{7*7}} %00 \u202egnp.exe' }],
    },
  ],
});

export const ARABIC_SCORECARD = scorecardOf({
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

/** A finished session with the summary that belongs to its scorecard. */
export function createCompletedSession(
  { overall, sections, ...card }: Scorecard,
  changes: Partial<Session> = {},
): Session {
  return createSession('completed', {
    ...(card.completed_at && { completed_at: card.completed_at, updated_at: card.completed_at }),
    score_summary: {
      overall,
      sections: sections.flatMap(({ name, score, max_score }) => (score === null ? [] : { name, score, max_score })),
    },
    ...changes,
  });
}
