/** A session: one candidate's run of one assessment, as the proxy tells it to widgets. */
import { z } from 'zod';
import { EMAIL_PATTERN } from './candidate.ts';
import { SESSION_STATUSES } from './status.ts';

const NO_CONTROL_CHARS = /^[^\p{Cc}]*$/u;

/** One line of text a person can read: trimmed, without control characters and halves of characters. */
export const singleLineSchema = (max: number) =>
  z
    .string()
    .trim()
    .overwrite((text) => text.toWellFormed())
    .min(1, 'must not be empty')
    .max(max, `must be at most ${max} characters`)
    .regex(NO_CONTROL_CHARS, 'must not contain control characters');

/** 254 characters are the most that SMTP carries (RFC 5321, 4.5.3.1.3). */
export const emailSchema = singleLineSchema(254).regex(
  EMAIL_PATTERN,
  'must be an email address such as jane@example.com',
);

export const projectIdSchema = singleLineSchema(200);

export const sectionScoreSchema = z.object({
  name: z.string(),
  score: z.number(),
  max_score: z.number().optional(),
});

export const scoreSummarySchema = z.object({
  overall: z.number().nullable(),
  sections: z.array(sectionScoreSchema),
});

export const sessionSchema = z.object({
  session_uuid: z.string(),
  /** Null where neither Evalon nor our own intent says which. */
  assessment_type: z.string().nullable(),
  candidate_email: z.string(),
  candidate_name: z.string(),
  project_id: z.string(),
  /** The candidate's one-click link; only for callers with scope `invite`, and only where Evalon gave a safe one. */
  candidate_url: z.string().optional(),
  status: z.enum(SESSION_STATUSES),
  /** A completion was claimed and the scorecard is being read. */
  confirming: z.literal(true).optional(),
  /** A completion was claimed a day ago or earlier, and Evalon has had no scorecard since. */
  result_unavailable: z.literal(true).optional(),
  /** The `sub` of the recruiter who invited, or null where the session was not made here. */
  invited_by: z.string().nullable(),
  invited_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  completed_at: z.iso.datetime().optional(),
  score_summary: scoreSummarySchema.optional(),
  /** Raw name of the newest event, where no status stands for it. */
  last_event: z.string().optional(),
});

/** Body of `POST /v1/sessions`. */
export const inviteSchema = z.object({
  assessment_type: singleLineSchema(200),
  candidate_email: emailSchema,
  candidate_name: singleLineSchema(10_000),
  project_id: projectIdSchema,
  application_id: singleLineSchema(200).optional(),
  ats: singleLineSchema(100).optional(),
});

/** One row a page shows: a candidate, in one project or in all that the caller may see. */
export const watchedCandidateSchema = z.object({
  candidate_email: emailSchema,
  project_id: projectIdSchema.optional(),
});

export type Session = z.infer<typeof sessionSchema>;
export type Invite = z.infer<typeof inviteSchema>;
export type WatchedCandidate = z.infer<typeof watchedCandidateSchema>;
