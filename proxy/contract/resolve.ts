/** The request and response of `POST /v1/candidates/resolve`, which looks up the candidate of an ATS page. */
import { z } from 'zod';
import { assessmentSchema } from './client-config.ts';
import { atsNameSchema, idNameSchema } from './page-adapter.ts';
import { checkFirst } from './session.ts';

/** Enough for `ats` and the ids of any ATS page. */
const MAX_FIELDS = 20;

export const resolveRequestSchema = z
  .union(
    [
      z.strictObject({
        url: z.string().max(4_000, 'must be at most 4000 characters').pipe(z.url("must be the page's URL")),
      }),
      checkFirst(
        (body) => Object.keys(body ?? {}).length <= MAX_FIELDS,
        `must have at most ${MAX_FIELDS} fields`,
        z
          // Refuses `url` here, because `catchall` would accept it as an id.
          .object({ ats: atsNameSchema, url: z.never().optional() })
          .catchall(z.string().max(200, 'must be an id'))
          .refine(
            (body) => Object.keys(body).every((name) => idNameSchema.safeParse(name).success),
            'contains an invalid id name',
          ),
      ),
    ],
    'must name url, or ats and ids',
  )
  .meta({ id: 'ResolveRequest' });

export const resolvedCandidateSchema = z
  .object({
    ats: atsNameSchema,
    application_id: z
      .string()
      .optional()
      .describe('Absent if the ids identify a person with several applications, or with none.'),
    candidate_email: z.string().optional().describe('Absent if the ATS has none. The widget then asks the recruiter.'),
    candidate_name: z.string().optional(),
    assessments: z
      .array(assessmentSchema)
      .describe("The assessments that the caller may offer for the candidate's jobs."),
  })
  .meta({ id: 'ResolvedCandidate' });

export type ResolveRequest = z.infer<typeof resolveRequestSchema>;
export type ResolvedCandidate = z.infer<typeof resolvedCandidateSchema>;
