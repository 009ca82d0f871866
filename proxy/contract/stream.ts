/** The event stream: what can be asked for, and the frames that come. */
import { z } from 'zod';
import { sessionSchema, watchedCandidateSchema } from './session.ts';

/** Body of `POST /v1/events`. */
export const eventsRequestSchema = z.object({
  candidates: z
    .array(watchedCandidateSchema)
    .min(1, 'must name at least one candidate')
    .max(2_000, 'at most 2,000 candidates a stream'),
});

/** `id` is `<epoch>.<seq>`; `data` is JSON of the shape that `event` names. */
export const frameSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('session'), data: sessionSchema }),
  z.object({ event: z.literal('gone'), data: z.object({ session_uuid: z.string() }) }),
  /** Resume is impossible: query again. The stream closes after it. */
  z.object({ event: z.literal('reset'), data: z.object({}) }),
]);
