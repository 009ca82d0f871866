/** The event stream: what can be asked for, and the frames that come. */
import { z } from 'zod';
import { batchFrameSchema } from './batch.ts';
import { baseFilterSchema } from './list.ts';
import { sessionSchema, watchedCandidateSchema } from './session.ts';

/** Body of `POST /v1/events`. */
export const eventsRequestSchema = z
  .object({
    candidates: z
      .array(watchedCandidateSchema)
      .min(1, 'must name at least one candidate')
      .max(2_000, 'at most 2,000 candidates a stream')
      .optional(),
    /** All sessions that it covers, also those that are made later. */
    filter: baseFilterSchema.optional(),
    batches: z
      .array(z.string().max(100, 'must be the id of a batch'))
      .min(1, 'must name at least one batch')
      .max(20, 'at most 20 batches a stream')
      .optional(),
  })
  .refine(({ candidates, filter, batches }) => candidates || filter || batches, {
    path: ['candidates'],
    error: 'is missing, and so are filter and batches: one of them is needed',
  });

/** `id` is `<epoch>.<seq>`; `data` is JSON of the shape that `event` names. */
export const frameSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('session'), data: sessionSchema }),
  z.object({ event: z.literal('batch'), data: batchFrameSchema }),
  z.object({ event: z.literal('gone'), data: z.object({ session_uuid: z.string() }) }),
  /** Resume is impossible: query again. The stream closes after it. */
  z.object({ event: z.literal('reset'), data: z.object({}) }),
]);
