/** A batch invites many candidates to one assessment of one project. Each candidate is a row with its own outcome. */
import { z } from 'zod';
import { MAX_EMAIL_CHARS, MAX_NAME_CHARS, normalizeId, normalizeName } from './candidate.ts';
import { boundedList, emailSchema, inviteSchema, nameSchema } from './session.ts';

/** The status of a row. In a dry run: the expected outcome. */
export const ROW_STATUSES = ['queued', 'invited', 'existing', 'failed', 'cancelled'] as const;

/**
 * Why a row failed. `link_missing` also appears on an invited row whose session has no usable link. `upstream_rejected`
 * means that Evalon refused the invite, or returned a session that ended without a result.
 */
export const ROW_REASONS = [
  'invalid_email',
  'invalid_name',
  'duplicate',
  'type_conflict',
  'link_missing',
  'upstream_rejected',
  'upstream_unavailable',
  'erased',
] as const;

/** Reasons of failed rows that the proxy never sends to Evalon. A retry does not help. */
export const INVALID_ROW_REASONS = ['invalid_email', 'invalid_name', 'duplicate'] as const;

export type InvalidRowReason = (typeof INVALID_ROW_REASONS)[number];

const MAX_ROWS = 10_000;

/** A row of the request. An invalid row gets a reason and shortened texts, and does not fail the batch. */
const requestRowSchema = z
  .unknown()
  .transform((row) => {
    const { candidate_email, candidate_name } = (row ?? {}) as Record<string, unknown>;
    const email = emailSchema.safeParse(candidate_email);
    const name = nameSchema.safeParse(candidate_name);
    const reason: InvalidRowReason | undefined = !email.success
      ? 'invalid_email'
      : !name.success
        ? 'invalid_name'
        : undefined;
    return {
      candidate_email: email.data ?? toDisplayText(candidate_email, MAX_EMAIL_CHARS),
      candidate_name: name.data ?? toDisplayText(candidate_name, MAX_NAME_CHARS),
      ...(reason && { reason }),
    };
  })
  .meta({
    id: 'BatchRequestRow',
    override: {
      type: 'object',
      properties: { candidate_email: { type: 'string' }, candidate_name: { type: 'string' } },
    },
  });

function toDisplayText(value: unknown, maxChars: number): string {
  return typeof value === 'string' ? normalizeName(normalizeId(value.slice(0, maxChars).toWellFormed())) : '';
}

export const batchRequestSchema = z
  .object({
    ...inviteSchema.pick({ project_id: true, assessment_type: true }).shape,
    candidates: boundedList(
      requestRowSchema,
      'must name at least one candidate',
      MAX_ROWS,
      'must name at most 10,000 candidates',
    ),
    dry_run: z.boolean().optional(),
  })
  .meta({
    id: 'BatchRequest',
    description: 'If several valid rows have the same email, the proxy invites only the first.',
  });

export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters without spaces')
  .meta({
    description: 'Opaque, unique per caller and action. A repeated request with the same key has no further effect.',
    example: 'b7a1f0c2-6f5e-4f0e-9a43-0f9b8d1f2c11',
  });

export const batchCountsSchema = z
  .object({
    queued: z.int(),
    invited: z.int(),
    existing: z.int(),
    failed: z.int(),
    cancelled: z.int(),
  })
  .meta({ id: 'BatchCounts' });

export const batchRowSchema = z
  .object({
    candidate_email: z.string(),
    candidate_name: z.string(),
    status: z.enum(ROW_STATUSES),
    session_uuid: z.string().optional(),
    candidate_url: z
      .string()
      .optional()
      .describe("The candidate's link. Present for callers with scope `invite`, if Evalon returned a safe link."),
    reason: z.enum(ROW_REASONS).optional(),
  })
  .meta({ id: 'BatchRow' });

export const batchProgressSchema = z
  .object({
    batch_id: z.string(),
    total: z.int().describe('Number of rows. Decreases when an erasure removes a candidate.'),
    counts: batchCountsSchema,
  })
  .meta({ id: 'BatchProgress' });

export const batchSummarySchema = batchProgressSchema
  .extend({
    project_id: z.string(),
    assessment_type: z.string(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'BatchSummary' });

export const batchSchema = batchSummarySchema
  .extend({ rows: z.array(batchRowSchema) })
  .meta({ id: 'Batch', description: "The rows have the request's order." });

export const batchListSchema = z
  .object({
    batches: z.array(batchSummarySchema),
    next: z.string().optional().describe('Present if there are more: the value of `?after=` for the next page.'),
  })
  .meta({ id: 'BatchList', description: "The caller's batches, newest first." });

export const batchPreviewSchema = batchProgressSchema
  .omit({ batch_id: true })
  .extend({ dry_run: z.literal(true), rows: z.array(batchRowSchema) })
  .meta({ id: 'BatchPreview' });

export const batchFrameSchema = batchProgressSchema
  .extend({ rows: z.array(batchRowSchema) })
  .meta({ id: 'BatchFrame', description: 'Progress, and the rows that changed since the previous frame.' });

export type RowStatus = (typeof ROW_STATUSES)[number];
export type RowReason = (typeof ROW_REASONS)[number];
export type BatchRequest = z.infer<typeof batchRequestSchema>;
export type BatchCounts = z.infer<typeof batchCountsSchema>;
export type BatchRow = z.infer<typeof batchRowSchema>;
export type BatchProgress = z.infer<typeof batchProgressSchema>;
export type BatchSummary = z.infer<typeof batchSummarySchema>;
export type Batch = z.infer<typeof batchSchema>;
export type BatchList = z.infer<typeof batchListSchema>;
export type BatchPreview = z.infer<typeof batchPreviewSchema>;
export type BatchFrame = z.infer<typeof batchFrameSchema>;
