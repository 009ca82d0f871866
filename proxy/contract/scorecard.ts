/** A scorecard. All of its texts are plain text, never markup. */
import { z } from 'zod';

export const questionSchema = z.object({
  title: z.string(),
  score: z.number().nullable(),
  max_score: z.number(),
  feedback: z.string().optional(),
  /** The time that the candidate needed. */
  time_seconds: z.number().optional(),
});

export const sectionSchema = z.object({
  name: z.string(),
  score: z.number().nullable(),
  /** 100 unless Evalon reports another maximum. */
  max_score: z.number(),
  questions: z.array(questionSchema),
});

export const scorecardSchema = z.object({
  session_uuid: z.string(),
  assessment_type: z.string().nullable(),
  /** 0 to 100. Null if Evalon returned only a completion time. */
  overall: z.number().nullable(),
  sections: z.array(sectionSchema),
  narrative: z.string().optional(),
  completed_at: z.iso.datetime().optional(),
});

/** Response of `GET /v1/sessions/{session_uuid}/standing`: the result's percentile in its project and assessment type. */
export const percentileSchema = z.object({
  /** Completed sessions with an overall score, including this one. At least 5. */
  count: z.int(),
  /** Percentage of the other sessions with a lower overall score. Equal scores count half. */
  percentile: z.int().min(0).max(100),
});

export type Question = z.infer<typeof questionSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Scorecard = z.infer<typeof scorecardSchema>;
export type Percentile = z.infer<typeof percentileSchema>;
