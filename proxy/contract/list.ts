/** The request and response of a session list: by candidates, or by a filter, page by page. */
import { z } from 'zod';
import { MAX_NAME_CHARS } from './candidate.ts';
import { boundedList, projectIdSchema, sessionSchema, singleLineSchema, watchedCandidateSchema } from './session.ts';
import { SESSION_STATUSES } from './status.ts';

/**
 * `-` means descending. `-completed_at` returns only completed sessions. `-overall` returns only sessions with an
 * overall score, and requires the setting `COMPARISON=on`.
 */
export const SESSION_SORTS = ['-updated_at', 'updated_at', '-completed_at', '-overall'] as const;

/** The fields that the filter of an event stream and the filter of a session list share. */
export const baseFilterSchema = z.strictObject({
  project_id: projectIdSchema.optional(),
  mine: z.boolean().optional().describe("Whether to return only sessions that the caller's invites created."),
});

const statusSchema = z.enum(SESSION_STATUSES);
const STATUS_MESSAGE = 'must be a status, or a list of statuses';

export const sessionFilterSchema = baseFilterSchema
  .extend({
    assessment_type: singleLineSchema(200).optional(),
    q: singleLineSchema(MAX_NAME_CHARS)
      .optional()
      .describe("Matches the beginning of a name's words or of the email, without regard to letter case and accents."),
    status: z
      .union([statusSchema, boundedList(statusSchema, STATUS_MESSAGE, SESSION_STATUSES.length, STATUS_MESSAGE)], {
        error: STATUS_MESSAGE,
      })
      .optional(),
  })
  .meta({ id: 'SessionFilter', description: 'Selects some of the sessions that the token covers.' });

export const sessionQuerySchema = z
  .object({
    candidates: boundedList(
      watchedCandidateSchema,
      'must name at least one candidate',
      500,
      'must name at most 500 candidates',
    ).optional(),
    filter: sessionFilterSchema.optional(),
    sort: z.enum(SESSION_SORTS).optional().describe('Default: `-updated_at`.'),
    after: z
      .string()
      .max(1_000, 'must be `next` of the previous page')
      .optional()
      .describe('`next` of the previous page.'),
    limit: z.int().min(1).max(200, 'must be at most 200').optional().describe('Sessions per page. Default: 50.'),
  })
  .superRefine(({ candidates, filter, ...paging }, context) => {
    const addIssue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message, input: undefined });
    if (filter && candidates) addIssue('filter', 'cannot be combined with candidates');
    if (!filter && !candidates) addIssue('candidates', 'is missing, and so is filter: one of them is required');
    if (filter) return;
    for (const [name, value] of Object.entries(paging)) {
      if (value !== undefined) addIssue(name, 'requires a filter');
    }
  })
  .meta({
    id: 'SessionQuery',
    description: 'Either `candidates` or `filter`. `sort`, `after` and `limit` require a filter.',
  });

export const sessionQueryResponseSchema = z
  .object({
    sessions: z.array(sessionSchema),
    cursor: z.string().describe('The `Last-Event-ID` with which a stream continues without a gap.'),
    viewer: z.string().describe("An opaque text that identifies the caller's rights."),
    denied: z.array(watchedCandidateSchema).describe('Requested candidates that the token does not cover.'),
    next: z
      .string()
      .optional()
      .describe(
        'Present if a filter may have more sessions: the value of `after` for the next page. Opaque, and valid for the same sort only. With `q` or `assessment_type`, a page with `next` may have fewer sessions than `limit`, or none.',
      ),
  })
  .meta({ id: 'SessionList' });

export type BaseFilter = z.infer<typeof baseFilterSchema>;
export type SessionFilter = z.infer<typeof sessionFilterSchema>;
export type SessionSort = (typeof SESSION_SORTS)[number];
export type SessionQueryResponse = z.infer<typeof sessionQueryResponseSchema>;
