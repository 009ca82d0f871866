/** The requests of `/admin`. Emails are in bodies only, never in URLs. */
import { z } from 'zod';
import { emailSchema } from './session.ts';

const MAX_REREAD_SESSIONS = 100;

export const candidateRequestSchema = z.object({ candidate_email: emailSchema }).meta({ id: 'CandidateRequest' });

export const rereadRequestSchema = z
  .union([
    z.strictObject({ all: z.literal(true) }),
    z.strictObject({ session_uuids: z.array(z.string().min(1).max(1_000)).min(1).max(MAX_REREAD_SESSIONS) }),
  ])
  .meta({
    id: 'RereadRequest',
    description: 'Rereads the scorecards of all sessions or of the given ones.',
  });

export const auditRequestSchema = z
  .object({
    candidate_email: emailSchema.optional().describe('Limits the entries to one candidate.'),
    after: z.int().min(0).default(0).describe('Skips entries up to this id.'),
  })
  .meta({ id: 'AuditRequest' });
