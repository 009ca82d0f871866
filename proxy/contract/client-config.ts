/** What `GET /v1/config` tells a widget before anything else. */
import { z } from 'zod';
import { servedAdapterSchema } from './page-adapter.ts';
import { projectIdSchema, singleLineSchema } from './session.ts';

export const assessmentSchema = z.object({
  project_id: projectIdSchema,
  assessment_type: singleLineSchema(200),
  label: singleLineSchema(200),
  /** Ids of the ATS jobs that this assessment is offered for; absent means all. */
  jobs: z.array(z.string()).optional(),
});

export const clientConfigSchema = z.object({
  /** `production`, `staging`, `sandbox` or the company's own word; shown as a badge unless production. */
  environment: z.string(),
  assessments: z.array(assessmentSchema),
  /** Who brings the link to the candidate. */
  delivery: z.enum(['evalon', 'copy', 'ats']),
  /** What goes along with the link, with places for `{name}`, `{link}` and `{assessment}`. */
  invite_subject: z.string().optional(),
  invite_message: z.string().optional(),
  comparison: z.boolean(),
  /** What the caller may do, so that the widget offers nothing that would be refused. */
  scope: z.array(z.enum(['read', 'invite'])),
  viewer: z.string(),
  /** How candidates are found in ATS pages; those whose hosts are narrower come first. */
  adapters: z.array(servedAdapterSchema).optional(),
});

export type Assessment = z.infer<typeof assessmentSchema>;
export type ClientConfig = z.infer<typeof clientConfigSchema>;
