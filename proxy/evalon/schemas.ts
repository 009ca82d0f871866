/**
 * Schemas of Evalon's messages. Only the known fields are required; others may be missing or added. Names and shapes
 * beyond `session_uuid`, `candidate_url` and the webhook's sample are assumed.
 */
import { z } from 'zod';
import type { Scorecard, Section } from '../contract/scorecard.ts';
import { SESSION_STATUSES, type SessionStatus } from '../contract/status.ts';

const MAX_LINE_CHARS = 1_000;
const MAX_EVENT_CHARS = 200;

/** Opaque, but usable as a segment of a URL path. */
const sessionUuidSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .refine((id) => id !== '.' && id !== '..');

/** Lone surrogates are replaced as a database would, so that every reader gets the same text. */
const line = z
  .string()
  .trim()
  .overwrite((text) => text.toWellFormed());
const optionalLine = line.min(1).max(MAX_LINE_CHARS).optional().catch(undefined);
const optionalText = z.string().optional().catch(undefined);
/** Also accepts a decimal in quotes, as some frameworks serialize it. */
const optionalNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,15}(\.\d{1,15})?$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);
const optionalTime = z
  .string()
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= 0 && date.getUTCFullYear() <= 9_999)
  .transform((date) => date.toISOString())
  .optional()
  .catch(undefined);

/** Response of `POST /api/v1/sessions/`. */
export const sessionResponseSchema = z.object({
  session_uuid: sessionUuidSchema,
  candidate_url: optionalLine,
  assessment_type: optionalLine,
  candidate_email: optionalLine,
  project_id: optionalLine,
  status: z.enum(SESSION_STATUSES).optional().catch(undefined),
});

export type SessionResponse = z.infer<typeof sessionResponseSchema>;

/** One entry of a batch response: a session, an error, or neither if it is invalid. */
export interface BatchResult {
  candidate_email?: string | undefined;
  project_id?: string | undefined;
  session?: SessionResponse;
  /** An HTTP status of 400 or more. */
  errorStatus?: number;
}

const batchResultSchema = z
  .object({ status: optionalNumber, candidate_email: optionalLine, project_id: optionalLine })
  .catch({ status: undefined, candidate_email: undefined, project_id: undefined });

function parseBatchResult(entry: unknown): BatchResult {
  const { status, ...candidate } = batchResultSchema.parse(entry);
  if (status !== undefined && status >= 400) return { ...candidate, errorStatus: status };
  const session = sessionResponseSchema.safeParse(entry);
  return { ...candidate, ...(session.success && { session: session.data }) };
}

/** Response of the batch endpoint (assumed). */
export const batchResponseSchema = z
  .object({ results: z.array(z.unknown()) })
  .transform(({ results }) => results.map(parseBatchResult));

/** An array whose invalid entries are left out. */
const lenientArray = <T>(entrySchema: z.ZodType<T>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((entry) => {
        const parsed = entrySchema.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );

const questionSchema = z.object({
  prompt: optionalText,
  title: optionalText,
  text: optionalText,
  score: optionalNumber,
  max_score: optionalNumber,
  feedback: optionalText,
  time_seconds: optionalNumber,
});

const sectionSchema = z.object({
  name: optionalText,
  score: optionalNumber,
  max_score: optionalNumber,
  questions: lenientArray(questionSchema),
});

/** Response of `GET /api/v1/sessions/{session_uuid}/scorecard/`. */
export const scorecardResponseSchema = z.object({
  session_uuid: optionalLine,
  assessment_type: optionalLine,
  overall: optionalNumber,
  sections: lenientArray(sectionSchema),
  narrative_summary: optionalText,
  narrative: optionalText,
  summary: optionalText,
  completed_at: optionalTime,
});

export type ScorecardResponse = z.infer<typeof scorecardResponseSchema>;

/** The maximum of a score without `max_score` (assumed). */
const DEFAULT_MAX_SCORE = 100;

function toSection({ name, score, max_score, questions }: z.infer<typeof sectionSchema>, index: number): Section {
  return {
    name: name || `Section ${index + 1}`,
    score: score ?? null,
    max_score: max_score ?? DEFAULT_MAX_SCORE,
    questions: questions.map(({ prompt, title, text, feedback, time_seconds, ...question }, position) => ({
      title: title || prompt || text || `Question ${position + 1}`,
      score: question.score ?? null,
      max_score: question.max_score ?? DEFAULT_MAX_SCORE,
      ...(feedback !== undefined && { feedback }),
      ...(time_seconds !== undefined && { time_seconds }),
    })),
  };
}

export function toScorecard(sessionUuid: string, response: ScorecardResponse): Scorecard {
  const narrative = response.narrative_summary ?? response.narrative ?? response.summary;
  return {
    session_uuid: sessionUuid,
    assessment_type: response.assessment_type ?? null,
    overall: response.overall ?? null,
    sections: response.sections.map(toSection),
    ...(narrative !== undefined && { narrative }),
    ...(response.completed_at !== undefined && { completed_at: response.completed_at }),
  };
}

/** The fields of a webhook that the proxy uses. */
export const webhookSchema = z.object({
  event: line.min(1).max(MAX_EVENT_CHARS),
  session_uuid: sessionUuidSchema,
  completed_at: optionalLine,
});

export type EvalonWebhook = z.infer<typeof webhookSchema>;

/** The event that claims a completion. */
export const COMPLETION_EVENT = 'session.completed';

/** Assumed, except for `session.completed`. */
const STATUS_BY_EVENT: ReadonlyMap<string, SessionStatus> = new Map([
  ['session.created', 'invited'],
  ...SESSION_STATUSES.map((status): [string, SessionStatus] => [`session.${status}`, status]),
]);

/** Returns the status that an event reports, or undefined if it is unknown. */
export function parseEventStatus(event: string): SessionStatus | undefined {
  return STATUS_BY_EVENT.get(event);
}
