/** The requests of `/admin`. Emails are in bodies only, never in URLs. */
import { z } from 'zod';
import { emailSchema } from './session.ts';

const MAX_REREAD_SESSIONS = 100;

/** Body of `POST /admin/erase` and `POST /admin/export`. */
export const candidateRequestSchema = z.object({ candidate_email: emailSchema });

/** Body of `POST /admin/reread`: rereads the scorecards of all sessions or of the given ones. */
export const rereadRequestSchema = z.union([
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ session_uuids: z.array(z.string().min(1).max(1_000)).min(1).max(MAX_REREAD_SESSIONS) }),
]);

/** Body of `POST /admin/audit`. */
export const auditRequestSchema = z.object({
  /** Limits the entries to one candidate. */
  candidate_email: emailSchema.optional(),
  /** Skips entries up to this id. */
  after: z.int().min(0).default(0),
});
