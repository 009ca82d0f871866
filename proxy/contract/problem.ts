/** The JSON of errors: RFC 9457 problems with a stable `code`. */
import { z } from 'zod';
import { sessionSchema } from './session.ts';

/** The status of `invalid_request` if the body is not UTF-8 or is compressed in an unknown way. */
export const UNSUPPORTED_MEDIA_TYPE = 415;

export const PROBLEM_CODES = [
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'not_ready',
  'type_conflict',
  'conflict',
  'too_large',
  'rate_limited',
  'upstream_rejected',
  'upstream_unavailable',
  'unavailable',
  'internal',
] as const;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('For the recruiter: what happened, and what to do.'),
    code: z.enum(PROBLEM_CODES),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('With `invalid_request`: one entry per problem.'),
    session: sessionSchema.optional().describe('With `type_conflict`: the existing session.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. `code` is stable; `title` and `detail` are English sentences.' });

export type Problem = z.infer<typeof problemSchema>;
export type ProblemCode = Problem['code'];
