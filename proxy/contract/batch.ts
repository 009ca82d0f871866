/** A batch: many candidates invited to one assessment of one project, each with an outcome of its own. */
import { z } from 'zod';
import { inviteSchema } from './session.ts';

/** What became of a row; `failed` says why in `reason`. In a dry run: what would become of it. */
export const ROW_STATUSES = ['queued', 'invited', 'existing', 'failed', 'cancelled'] as const;

/** Candidates of one batch, at the most. */
const MAX_ROWS = 10_000;

/** Body of `POST /v1/batches`. The same person twice is one row, by the first of them. */
export const batchRequestSchema = z.object({
  ...inviteSchema.pick({ project_id: true, assessment_type: true }).shape,
  candidates: z
    .array(inviteSchema.pick({ candidate_email: true, candidate_name: true }))
    .min(1, 'must name at least one candidate')
    .max(MAX_ROWS, 'at most 10,000 candidates a batch'),
  dry_run: z.boolean().optional(),
});

/** Header `Idempotency-Key`: opaque, one per caller and batch. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters without spaces');

export const batchCountsSchema = z.object({
  queued: z.int(),
  invited: z.int(),
  existing: z.int(),
  failed: z.int(),
  cancelled: z.int(),
});

export const batchRowSchema = z.object({
  candidate_email: z.string(),
  candidate_name: z.string(),
  status: z.enum(ROW_STATUSES),
  session_uuid: z.string().optional(),
  /** The candidate's one-click link; only for callers with scope `invite`, and only where there is a safe one. */
  candidate_url: z.string().optional(),
  /** A sentence for the recruiter. */
  reason: z.string().optional(),
});

/** Answer of `POST /v1/batches`, `…/cancel` and `…/retry`. */
export const batchProgressSchema = z.object({
  batch_id: z.string(),
  /** Rows, each person once. It shrinks where a candidate is erased. */
  total: z.int(),
  counts: batchCountsSchema,
});

export const batchSummarySchema = batchProgressSchema.extend({
  project_id: z.string(),
  assessment_type: z.string(),
  created_at: z.iso.datetime(),
});

/** Answer of `GET /v1/batches/{batch_id}`: the rows in the order they were given. */
export const batchSchema = batchSummarySchema.extend({ rows: z.array(batchRowSchema) });

/** Answer of `GET /v1/batches`: the caller's, newest first; `next` goes into `?after=` where there are more. */
export const batchListSchema = z.object({ batches: z.array(batchSummarySchema), next: z.string().optional() });

/** Answer of a dry run: nothing was stored and Evalon was not asked. */
export const batchPreviewSchema = batchProgressSchema
  .omit({ batch_id: true })
  .extend({ dry_run: z.literal(true), rows: z.array(batchRowSchema) });

/** Data of a `batch` frame: progress, and the rows that changed since the one before. */
export const batchFrameSchema = batchProgressSchema.extend({ rows: z.array(batchRowSchema) });

export type RowStatus = (typeof ROW_STATUSES)[number];
export type BatchRequest = z.infer<typeof batchRequestSchema>;
export type BatchCounts = z.infer<typeof batchCountsSchema>;
export type BatchRow = z.infer<typeof batchRowSchema>;
export type BatchProgress = z.infer<typeof batchProgressSchema>;
export type BatchSummary = z.infer<typeof batchSummarySchema>;
export type Batch = z.infer<typeof batchSchema>;
export type BatchList = z.infer<typeof batchListSchema>;
export type BatchPreview = z.infer<typeof batchPreviewSchema>;
export type BatchFrame = z.infer<typeof batchFrameSchema>;
