/** A scorecard: what Evalon found out, always as text and numbers, never as markup. */
import { z } from 'zod';

export const questionSchema = z.object({
  title: z.string(),
  score: z.number().nullable(),
  max_score: z.number(),
  feedback: z.string().optional(),
  /** Seconds that the candidate took. */
  time_seconds: z.number().optional(),
});

export const sectionSchema = z.object({
  name: z.string(),
  score: z.number().nullable(),
  /** 100 unless Evalon says otherwise. */
  max_score: z.number(),
  questions: z.array(questionSchema),
});

export const scorecardSchema = z.object({
  session_uuid: z.string(),
  assessment_type: z.string().nullable(),
  /** 0 to 100, or null where Evalon gave only a completion time. */
  overall: z.number().nullable(),
  sections: z.array(sectionSchema),
  narrative: z.string().optional(),
  completed_at: z.iso.datetime().optional(),
});

/** Answer of `GET /v1/sessions/{session_uuid}/standing`: a result among the finished sessions of its project and type. */
export const percentileSchema = z.object({
  /** Finished sessions with an overall score, this one among them; five at least. */
  count: z.int(),
  /** Share of the others whose overall is lower, in percent; one that is equal counts half. */
  percentile: z.int().min(0).max(100),
});

export type Question = z.infer<typeof questionSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Scorecard = z.infer<typeof scorecardSchema>;
export type Percentile = z.infer<typeof percentileSchema>;
