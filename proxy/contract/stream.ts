/** The event stream: its request and its frames. */
import { z } from 'zod';
import { batchFrameSchema } from './batch.ts';
import { baseFilterSchema } from './list.ts';
import { boundedList, sessionSchema, watchedCandidateSchema } from './session.ts';

export const eventsRequestSchema = z
  .object({
    candidates: boundedList(
      watchedCandidateSchema,
      'must name at least one candidate',
      2_000,
      'must name at most 2,000 candidates',
    ).optional(),
    filter: baseFilterSchema.optional().describe('Subscribes to all matching sessions, including future ones.'),
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
  })
  .meta({
    id: 'EventsRequest',
    description: 'At least one of `candidates`, `filter` and `batches`.',
  });

export const frameSchema = z
  .discriminatedUnion('event', [
    z.object({ event: z.literal('session'), data: sessionSchema }),
    z.object({ event: z.literal('batch'), data: batchFrameSchema }),
    z
      .object({ event: z.literal('gone'), data: z.object({ session_uuid: z.string() }) })
      .describe('An erasure removed the session.'),
    z
      .object({ event: z.literal('reset'), data: z.object({}) })
      .describe('The stream cannot resume, so the client must query again. The stream closes after this frame.'),
  ])
  .meta({
    id: 'Frame',
    description:
      'One server-sent event. The field `event` determines the shape of `data`, which is JSON. The field `id` is `<epoch>.<seq>`.',
  });
