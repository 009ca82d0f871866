/** A session: one candidate's run of one assessment. */
import { z } from 'zod';
import { isEmail, MAX_EMAIL_CHARS, MAX_NAME_CHARS, normalizeEmail, normalizeId, normalizeName } from './candidate.ts';
import { SESSION_STATUSES } from './status.ts';

const NO_CONTROL_CHARS = /^[^\p{Cc}]*$/u;

/** One line of text: trimmed, without control characters and lone surrogates. */
export const singleLineSchema = (maxChars: number) => toSingleLine(z.string(), maxChars);

const toSingleLine = (schema: z.ZodString, maxChars: number) =>
  schema
    .trim()
    .overwrite((text) => text.toWellFormed())
    .min(1, 'must not be empty')
    .max(maxChars, `must have at most ${maxChars} characters`)
    .regex(NO_CONTROL_CHARS, 'must not contain control characters');

const VISIBLE = /[^\s\p{C}\p{DI}]/u;

/** Normalizes an email with candidate.ts, and checks it. */
export const emailSchema = z
  .string()
  .overwrite((text) => normalizeEmail(text.toWellFormed()))
  .min(1, 'must not be empty')
  .max(MAX_EMAIL_CHARS, `must have at most ${MAX_EMAIL_CHARS} characters`)
  .refine(isEmail, 'must be an email address such as jane@example.com');

/** A candidate's name on one line. */
export const nameSchema = z
  .string()
  .overwrite((text) => normalizeName(text.toWellFormed()))
  .regex(VISIBLE, 'must not be empty')
  .max(MAX_NAME_CHARS, `must have at most ${MAX_NAME_CHARS} characters`);

/** An opaque id, without invisible characters. */
export const idSchema = (maxChars: number) => toSingleLine(z.string().overwrite(normalizeId), maxChars);

export const projectIdSchema = idSchema(200);

/** Checks a list's length before its items, so that the items of a list that is too long cost nothing. */
export function boundedList<T extends z.ZodType>(item: T, minMessage: string, max: number, maxMessage: string) {
  const isWithinMax = (list: unknown) => !Array.isArray(list) || list.length <= max;
  return checkFirst(isWithinMax, maxMessage, z.array(item).min(1, minMessage).max(max, maxMessage));
}

/** Runs a cheap check on a value, and parses the value only if the check passes. */
export function checkFirst<T extends z.ZodType>(passes: (value: unknown) => boolean, message: string, schema: T) {
  return z.preprocess((value, context) => {
    if (!passes(value)) context.addIssue({ code: 'custom', message, input: value });
    return value;
  }, schema);
}

/** What a recruiter passed on to a candidate. */
export const HANDOVER_KINDS = ['invite', 'reminder'] as const;
/** How the recruiter passed on the link: as a copied message, as a copied link, or in a draft in their mail program. */
const HANDOVER_CHANNELS = ['message', 'link', 'mail'] as const;

export const recruiterSchema = z
  .object({
    id: z.string().describe("The `sub` of the recruiter's token."),
    name: z.string().optional(),
  })
  .meta({
    id: 'Recruiter',
    description: 'The name is absent if it is unknown. A caller whose token names candidates sees only their own name.',
  });

/** What the proxy writes into the ATS about a session: what happened to the session, or the candidate's link. */
export const ATS_WRITE_CONTENTS = ['news', 'link'] as const;
const ATS_WRITE_STATES = ['saving', 'saved', 'held', 'failed'] as const;
/** Why the ATS does not have the news or the link. */
const ATS_WRITE_PROBLEMS = [
  'application_missing',
  'email_differs',
  'credentials',
  'refused',
  'rate_limited',
  'unavailable',
  'not_configured',
] as const;

export const atsWriteSchema = z
  .object({
    ats: z.string(),
    label: z.string().describe("The ATS's name."),
    content: z.enum(ATS_WRITE_CONTENTS),
    state: z
      .enum(ATS_WRITE_STATES)
      .describe('`held`: the application may belong to another person, so nothing is written until IT retries.'),
    at: z.iso.datetime().describe('When the write got this state.'),
    problem: z
      .enum(ATS_WRITE_PROBLEMS)
      .optional()
      .describe('With `saving`: why the last attempt failed. The proxy tries again.'),
  })
  .meta({
    id: 'AtsWrite',
    description: "Whether the ATS has what happened to a session (`news`), or the candidate's link (`link`).",
  });

/** Why a candidate's link cannot be used. */
const LINK_PROBLEMS = ['missing', 'not_https', 'invalid'] as const;

export const sectionScoreSchema = z.object({
  name: z.string(),
  score: z.number(),
  max_score: z.number().optional().describe('Absent if unknown.'),
});

export const scoreSummarySchema = z
  .object({
    overall: z.number().nullable(),
    overall_max: z.number().nullable().describe('Null if unknown.'),
    sections: z.array(sectionScoreSchema),
  })
  .meta({ id: 'ScoreSummary' });

export const sessionSchema = z
  .object({
    session_uuid: z.string(),
    assessment_type: z.string().nullable().describe('Null if unknown.'),
    candidate_email: z.string(),
    candidate_name: z.string(),
    project_id: z.string(),
    candidate_url: z
      .string()
      .optional()
      .describe("The candidate's link. Present for callers with scope `invite`, if Evalon returned a safe link."),
    link_problem: z
      .enum(LINK_PROBLEMS)
      .optional()
      .describe('Present if Evalon returned no link that a candidate can open.'),
    status: z.enum(SESSION_STATUSES),
    confirming: z
      .literal(true)
      .optional()
      .describe('Evalon reported a completion, and the proxy is verifying it by reading the scorecard.'),
    result_unavailable: z
      .literal(true)
      .optional()
      .describe('Evalon reported a completion at least a day ago, but has returned no scorecard.'),
    invited_by: z
      .string()
      .nullable()
      .describe("The recruiter's `sub`. Null if the session was not created through this proxy."),
    invited_by_name: z.string().optional().describe("The recruiter's name in the token that sent the invite."),
    invited_at: z.iso.datetime(),
    updated_at: z.iso.datetime().describe('The time of the newest change that Evalon reported.'),
    completed_at: z.iso.datetime().optional(),
    handed_over: z
      .object({
        at: z.iso.datetime(),
        by: recruiterSchema,
        kind: z.enum(HANDOVER_KINDS),
        channel: z.enum(HANDOVER_CHANNELS),
      })
      .optional()
      .describe(
        'The last time that a recruiter passed on the link to the candidate. A handover does not change `updated_at`.',
      ),
    ats_writes: z
      .array(atsWriteSchema)
      .optional()
      .describe('Whether the ATS has the news and the link. Absent if the proxy writes nothing about this session.'),
    score_summary: scoreSummarySchema.optional(),
    last_event: z.string().optional().describe('The name of the newest event, if it does not correspond to a status.'),
  })
  .meta({
    id: 'Session',
    description: "One candidate's run of one assessment.",
    examples: [
      {
        session_uuid: 'sess_xyz789',
        assessment_type: 'marketing',
        candidate_email: 'jane@example.com',
        candidate_name: 'Jane Smith',
        project_id: 'proj_abc123',
        candidate_url: 'https://evalon.example.com/candidate/sess_xyz789',
        status: 'completed',
        invited_by: 'recruiter-1',
        invited_by_name: 'Rita Recruiter',
        invited_at: '2026-01-12T09:00:00Z',
        updated_at: '2026-01-15T14:30:00Z',
        completed_at: '2026-01-15T14:30:00Z',
        score_summary: { overall: 82, overall_max: 100, sections: [{ name: 'Strategy', score: 41, max_score: 50 }] },
      },
    ],
  });

export const timelineSchema = z
  .object({
    entries: z
      .array(
        z.object({
          type: z
            .enum([...SESSION_STATUSES, 'regraded', 'handover', 'reminder', 'result_read'])
            .describe(
              'A status, `regraded` (a later result has other scores), `handover` or `reminder` (a recruiter passed on the link), or `result_read` (a recruiter read the scorecard for the first time).',
            ),
          at: z.iso.datetime(),
          by: recruiterSchema
            .optional()
            .describe('The recruiter who invited the candidate, passed on the link, or read the result.'),
          channel: z.enum(HANDOVER_CHANNELS).optional().describe('With `handover` and `reminder`.'),
          overall: z
            .number()
            .nullable()
            .optional()
            .describe('The overall score of a result. Null if Evalon gave none.'),
          overall_max: z.number().nullable().optional(),
        }),
      )
      .describe('Oldest first.'),
  })
  .meta({ id: 'Timeline' });

export const inviteSchema = z
  .object({
    assessment_type: singleLineSchema(200),
    candidate_email: emailSchema,
    candidate_name: nameSchema,
    project_id: projectIdSchema,
    application_id: idSchema(200).optional(),
    ats: singleLineSchema(100).optional(),
  })
  .meta({
    id: 'Invite',
  });

export const handoverSchema = z
  .object({
    kind: z.enum(HANDOVER_KINDS),
    channel: z.enum(HANDOVER_CHANNELS),
  })
  .meta({ id: 'Handover' });

export const watchedCandidateSchema = z
  .object({
    candidate_email: emailSchema,
    project_id: projectIdSchema.optional().describe('Absent: all projects of the token.'),
  })
  .meta({ id: 'Candidate' });

export type LinkProblem = (typeof LINK_PROBLEMS)[number];
export type Session = z.infer<typeof sessionSchema>;
export type Timeline = z.infer<typeof timelineSchema>;
export type RecruiterReference = z.infer<typeof recruiterSchema>;
export type Handover = z.infer<typeof handoverSchema>;
export type AtsWriteStatus = z.infer<typeof atsWriteSchema>;
export type Invite = z.infer<typeof inviteSchema>;
export type WatchedCandidate = z.infer<typeof watchedCandidateSchema>;
