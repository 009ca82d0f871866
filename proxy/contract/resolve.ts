/** Who the candidate of an ATS's page is, by the ATS's own API. */
import { z } from 'zod';
import { assessmentSchema } from './client-config.ts';
import { atsNameSchema, idNameSchema } from './page-adapter.ts';

/** Body of `POST /v1/candidates/resolve`: the page's address, or the ATS and the ids that it gives. */
export const resolveRequestSchema = z.union(
  [
    z.strictObject({ url: z.url('must be the address of the page').max(4_000, 'must be at most 4000 characters') }),
    z
      .object({ ats: atsNameSchema, url: z.never().optional() })
      .catchall(z.string().max(200, 'must be an id'))
      .refine((body) => Object.keys(body).every((name) => idNameSchema.safeParse(name).success), 'names an unknown id'),
  ],
  'must name url, or ats and ids',
);

export const resolvedCandidateSchema = z.object({
  ats: atsNameSchema,
  /** Absent where the address names a person with several applications, or with none. */
  application_id: z.string().optional(),
  /** Absent where the ATS has none: the recruiter is asked for it. */
  candidate_email: z.string().optional(),
  candidate_name: z.string().optional(),
  /** What the caller may offer this candidate, by the jobs that the candidate is considered for. */
  assessments: z.array(assessmentSchema),
});

export type ResolveRequest = z.infer<typeof resolveRequestSchema>;
export type ResolvedCandidate = z.infer<typeof resolvedCandidateSchema>;
