/** The JSON of errors: RFC 9457 problems with a stable `code`. */
import { z } from 'zod';
import { sessionSchema } from './session.ts';

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

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** For the recruiter: what happened, and what to do. */
  detail: z.string(),
  code: z.enum(PROBLEM_CODES),
  /** With `invalid_request`: one entry per problem. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** With `type_conflict`: the existing session. */
  session: sessionSchema.optional(),
});

export type Problem = z.infer<typeof problemSchema>;
export type ProblemCode = Problem['code'];
