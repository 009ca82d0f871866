/** Questions about many sessions: those of named candidates, or all that a filter covers, a page at a time. */
import { z } from 'zod';
import { projectIdSchema, sessionSchema, watchedCandidateSchema } from './session.ts';
import { SESSION_STATUSES } from './status.ts';

/**
 * Orders of a list: by what was heard of last, newest or oldest first, or by the latest completion, of completed sessions
 * alone. None ranks people.
 */
export const SESSION_SORTS = ['-updated_at', 'updated_at', '-completed_at'] as const;

/** Of what the token covers: one project only, or only what the caller has invited. An unknown word is refused. */
export const baseFilterSchema = z.strictObject({
  project_id: projectIdSchema.optional(),
  mine: z.boolean().optional(),
});

const statusSchema = z.enum(SESSION_STATUSES);
const NO_STATUS = 'must be a status, or a list of them';

export const sessionFilterSchema = baseFilterSchema.extend({
  status: z.union([statusSchema, z.array(statusSchema).min(1, NO_STATUS)], { error: NO_STATUS }).optional(),
});

/** Body of `POST /v1/sessions/query`. */
export const sessionQuerySchema = z
  .object({
    candidates: z
      .array(watchedCandidateSchema)
      .min(1, 'must name at least one candidate')
      .max(500, 'at most 500 candidates a query')
      .optional(),
    filter: sessionFilterSchema.optional(),
    /** Default: `-updated_at`. */
    sort: z.enum(SESSION_SORTS).optional(),
    /** `next` of the page before. */
    after: z.string().max(1_000, 'must be the next of the page before').optional(),
    /** Sessions of a page. Default: 50. */
    limit: z.int().min(1).max(200, 'at most 200 sessions a page').optional(),
  })
  .superRefine(({ candidates, filter, ...page }, { addIssue }) => {
    const fault = (path: string, message: string) =>
      addIssue({ code: 'custom', path: [path], message, input: undefined });
    if (filter && candidates) fault('filter', 'cannot be asked for beside candidates');
    if (!filter && !candidates) fault('candidates', 'is missing, and so is filter: one of them is needed');
    if (filter) return;
    for (const [name, value] of Object.entries(page)) if (value !== undefined) fault(name, 'is for a filter only');
  });

export const sessionQueryResponseSchema = z.object({
  sessions: z.array(sessionSchema),
  /** Where a stream can start without a gap; goes into `Last-Event-ID`. */
  cursor: z.string(),
  /** Opaque; equal only for equal rights. */
  viewer: z.string(),
  /** Rows that the token may not see. */
  denied: z.array(watchedCandidateSchema),
  /** With a filter, where there are more: goes into `after`. Opaque, and good as long as the sort stays the same. */
  next: z.string().optional(),
});

export type BaseFilter = z.infer<typeof baseFilterSchema>;
export type SessionFilter = z.infer<typeof sessionFilterSchema>;
export type SessionSort = (typeof SESSION_SORTS)[number];
export type SessionQueryResponse = z.infer<typeof sessionQueryResponseSchema>;
