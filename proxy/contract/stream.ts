/** The event stream: its request and its frames. */
import { z } from 'zod';
import { batchFrameSchema } from './batch.ts';
import { baseFilterSchema } from './list.ts';
import { boundedList, sessionSchema, watchedCandidateSchema } from './session.ts';

/** Body of `POST /v1/events`. */
export const eventsRequestSchema = z
  .object({
    candidates: boundedList(
      watchedCandidateSchema,
      'must name at least one candidate',
      2_000,
      'must name at most 2,000 candidates',
    ).optional(),
    /** Subscribes to all matching sessions, including future ones. */
    filter: baseFilterSchema.optional(),
    batches: boundedList(
      z.string().max(100, 'must be the id of a batch'),
      'must name at least one batch',
      20,
      'must name at most 20 batches',
    ).optional(),
  })
  .refine(({ candidates, filter, batches }) => candidates || filter || batches, {
    path: ['candidates'],
    error: 'is missing, and so are filter and batches: one of them is required',
  });

/** The SSE field `id` is `<epoch>.<seq>`. `event` determines the shape of `data`. */
export const frameSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('session'), data: sessionSchema }),
  z.object({ event: z.literal('batch'), data: batchFrameSchema }),
  /** An erasure removed the session. */
  z.object({ event: z.literal('gone'), data: z.object({ session_uuid: z.string() }) }),
  /** The stream cannot resume, so the client must query again. The stream closes after this frame. */
  z.object({ event: z.literal('reset'), data: z.object({}) }),
]);
