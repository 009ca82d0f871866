/** A scorecard. All of its texts are plain text, never markup. */
import { z } from 'zod';

export const questionSchema = z.object({
  title: z.string(),
  score: z.number().nullable(),
  /** Null if unknown. */
  max_score: z.number().nullable(),
  feedback: z.string().optional(),
  /** The time that the candidate spent on the question. */
  time_seconds: z.number().optional(),
});

export const sectionSchema = z.object({
  name: z.string(),
  score: z.number().nullable(),
  /** Null if unknown. */
  max_score: z.number().nullable(),
  questions: z.array(questionSchema),
});

const SCORECARD_PARTS = ['overall', 'sections', 'narrative'] as const;

export const scorecardSchema = z.object({
  session_uuid: z.string(),
  assessment_type: z.string().nullable(),
  /** Null if Evalon returned scores of sections only. */
  overall: z.number().nullable(),
  /** Null if unknown. */
  overall_max: z.number().nullable(),
  sections: z.array(sectionSchema),
  narrative: z.string().optional(),
  completed_at: z.iso.datetime().optional(),
  /** The parts that Evalon has not returned yet. */
  incomplete: z.array(z.enum(SCORECARD_PARTS)).optional(),
});

/**
 * Response of `GET /v1/sessions/{session_uuid}/standing`: the result's percentile in its project and assessment type.
 */
export const percentileSchema = z.object({
  /** Number of completed sessions with an overall score, including this session if it has one. */
  count: z.int(),
  /**
   * Percentage of the other sessions with a lower overall score. A session with an equal score counts as half. Null
   * with fewer than 5 results, and for a session without an overall score.
   */
  percentile: z.int().min(0).max(100).nullable(),
});

export type Question = z.infer<typeof questionSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type ScorecardPart = (typeof SCORECARD_PARTS)[number];
export type Scorecard = z.infer<typeof scorecardSchema>;
export type Percentile = z.infer<typeof percentileSchema>;
