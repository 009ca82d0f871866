/**
 * Evalon's bodies as they come: only what is known is demanded, all else may be missing or more.
 * Names and shapes beyond `session_uuid`, `candidate_url` and the webhook sample are assumed.
 */
import { z } from 'zod';
import type { Scorecard, Section } from '../contract/scorecard.ts';
import { SESSION_STATUSES, type SessionStatus } from '../contract/status.ts';

/** Longest value of a single-line field that is believed, in characters. */
const MAX_LINE_CHARS = 1_000;

/** Opaque, but it must be able to stand as one segment of a path, and be no `.` or `..`. */
export const sessionUuidSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .refine((id) => id !== '.' && id !== '..');

/** Halves of characters become what a database would make of them, so that it is told the same everywhere. */
const line = z
  .string()
  .trim()
  .overwrite((text) => text.toWellFormed());
const optionalLine = line.min(1).max(MAX_LINE_CHARS).optional().catch(undefined);
const optionalText = z.string().optional().catch(undefined);
/** Also a decimal in quotes, as some frameworks write it. */
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

/** Answer of `POST /api/v1/sessions/`. */
export const sessionResponseSchema = z.object({
  session_uuid: sessionUuidSchema,
  candidate_url: optionalLine,
  assessment_type: optionalLine,
  candidate_email: optionalLine,
  project_id: optionalLine,
  status: z.enum(SESSION_STATUSES).optional().catch(undefined),
});

export type SessionResponse = z.infer<typeof sessionResponseSchema>;

/** One entry of the batch endpoint's answer: a session, a refusal, or (with neither) something that makes no sense. */
export interface BatchResult {
  /** Whom it is about, where it says so. */
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
  const { status, ...about } = batchResultSchema.parse(entry);
  if (status !== undefined && status >= 400) return { ...about, errorStatus: status };
  const session = sessionResponseSchema.safeParse(entry);
  return { ...about, ...(session.success && { session: session.data }) };
}

/** Answer of the batch endpoint (assumed). */
export const batchResponseSchema = z
  .object({ results: z.array(z.unknown()) })
  .transform(({ results }) => results.map(parseBatchResult));

/** A list of which each entry that makes no sense is left out, and not its neighbours. */
const lenientArray = <T>(entry: z.ZodType<T>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((one) => {
        const parsed = entry.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    );

const question = z.object({
  prompt: optionalText,
  title: optionalText,
  text: optionalText,
  score: optionalNumber,
  max_score: optionalNumber,
  feedback: optionalText,
  time_seconds: optionalNumber,
});

const section = z.object({
  name: optionalText,
  score: optionalNumber,
  max_score: optionalNumber,
  questions: lenientArray(question),
});

/** Answer of `GET /api/v1/sessions/{session_uuid}/scorecard/`. */
export const scorecardResponseSchema = z.object({
  session_uuid: optionalLine,
  assessment_type: optionalLine,
  overall: optionalNumber,
  sections: lenientArray(section),
  narrative_summary: optionalText,
  narrative: optionalText,
  summary: optionalText,
  completed_at: optionalTime,
});

export type ScorecardResponse = z.infer<typeof scorecardResponseSchema>;

/** Scores are out of this unless a `max_score` is given (assumed). */
const MAX_SCORE = 100;

function toSection({ name, score, max_score, questions }: z.infer<typeof section>, index: number): Section {
  return {
    name: name || `Section ${index + 1}`,
    score: score ?? null,
    max_score: max_score ?? MAX_SCORE,
    questions: questions.map(({ prompt, title, text, feedback, time_seconds, ...question }, at) => ({
      title: title || prompt || text || `Question ${at + 1}`,
      score: question.score ?? null,
      max_score: question.max_score ?? MAX_SCORE,
      ...(feedback !== undefined && { feedback }),
      ...(time_seconds !== undefined && { time_seconds }),
    })),
  };
}

/** Evalon's scorecard in the contract's words. */
export function toScorecard(sessionUuid: string, answer: ScorecardResponse): Scorecard {
  const narrative = answer.narrative_summary ?? answer.narrative ?? answer.summary;
  return {
    session_uuid: sessionUuid,
    assessment_type: answer.assessment_type ?? null,
    overall: answer.overall ?? null,
    sections: answer.sections.map(toSection),
    ...(narrative !== undefined && { narrative }),
    ...(answer.completed_at !== undefined && { completed_at: answer.completed_at }),
  };
}

/** A webhook's body: a hint, of which only this much is used. */
export const webhookSchema = z.object({
  event: line.min(1).max(200),
  session_uuid: sessionUuidSchema,
  completed_at: optionalLine,
});

export type EvalonWebhook = z.infer<typeof webhookSchema>;

/** The event that claims a completion. */
export const COMPLETION_EVENT = 'session.completed';

/** Event names that stand for a status (assumed, but for `session.completed`). */
const EVENT_STATUS: ReadonlyMap<string, SessionStatus> = new Map([
  ['session.created', 'invited'],
  ...SESSION_STATUSES.map((status): [string, SessionStatus] => [`session.${status}`, status]),
]);

/** The status that an event of this name reports, or undefined where it reports none that is known. */
export function parseEventStatus(event: string): SessionStatus | undefined {
  return EVENT_STATUS.get(event);
}
