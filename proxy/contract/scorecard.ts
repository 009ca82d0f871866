/** A scorecard. All of its texts are plain text, never markup. */
import { z } from 'zod';

export const questionSchema = z.object({
  title: z.string(),
  score: z.number().nullable(),
  max_score: z.number().nullable().describe('Null if unknown.'),
  feedback: z.string().optional(),
  time_seconds: z.number().optional().describe('The time that the candidate spent on the question.'),
});

export const sectionSchema = z.object({
  name: z.string(),
  score: z.number().nullable(),
  max_score: z.number().nullable().describe('Null if unknown.'),
  questions: z.array(questionSchema),
});

const SCORECARD_PARTS = ['overall', 'sections', 'narrative'] as const;

export const scorecardSchema = z
  .object({
    session_uuid: z.string(),
    assessment_type: z.string().nullable(),
    overall: z.number().nullable().describe('Null if Evalon returned scores of sections only.'),
    overall_max: z.number().nullable().describe('Null if unknown.'),
    sections: z.array(sectionSchema),
    narrative: z.string().optional(),
    completed_at: z.iso.datetime().optional(),
    incomplete: z.array(z.enum(SCORECARD_PARTS)).optional().describe('The parts that Evalon has not returned yet.'),
  })
  .meta({
    id: 'Scorecard',
    description: 'All of its texts are plain text, never markup.',
    examples: [
      {
        session_uuid: 'sess_xyz789',
        assessment_type: 'marketing',
        overall: 82,
        overall_max: 100,
        sections: [
          {
            name: 'Strategy',
            score: 41,
            max_score: 50,
            questions: [{ title: 'Plan a launch', score: 8, max_score: 10, feedback: 'Clear priorities.' }],
          },
        ],
        narrative: 'Jane plans with clear priorities.',
        completed_at: '2026-01-15T14:30:00Z',
      },
    ],
  });

export const percentileSchema = z
  .object({
    count: z
      .int()
      .describe('Number of completed sessions with an overall score, including this session if it has one.'),
    percentile: z
      .int()
      .min(0)
      .max(100)
      .nullable()
      .describe(
        'Percentage of the other sessions with a lower overall score. A session with an equal score counts as half. Null with fewer than 5 results, and for a session without an overall score.',
      ),
  })
  .meta({ id: 'Standing' });

export type Question = z.infer<typeof questionSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type ScorecardPart = (typeof SCORECARD_PARTS)[number];
export type Scorecard = z.infer<typeof scorecardSchema>;
export type Percentile = z.infer<typeof percentileSchema>;
