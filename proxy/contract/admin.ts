/** The requests of `/admin`. Emails are in bodies only, never in URLs. */
import { z } from 'zod';
import { emailSchema } from './session.ts';

/** Body of `POST /admin/erase` and `POST /admin/export`. */
export const candidateRequestSchema = z.object({ candidate_email: emailSchema });

/** Body of `POST /admin/audit`. */
export const auditRequestSchema = z.object({
  /** Limits the entries to one candidate. */
  candidate_email: emailSchema.optional(),
  /** Skips entries up to this id. */
  after: z.int().min(0).default(0),
});
