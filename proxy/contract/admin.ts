/** What `/admin` takes and answers. Emails stand in bodies only, never in an address. */
import { z } from 'zod';
import { emailSchema } from './session.ts';

/** Body of `POST /admin/erase` and `POST /admin/export`. */
export const candidateRequestSchema = z.object({ candidate_email: emailSchema });

/** Body of `POST /admin/audit`: entries from a number on, of one candidate only where one is named. */
export const auditRequestSchema = z.object({
  candidate_email: emailSchema.optional(),
  after: z.int().min(0).default(0),
});
