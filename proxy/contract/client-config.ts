/** The response of `GET /v1/config`, the widget's first request. */
import { z } from 'zod';
import { servedAdapterSchema } from './page-adapter.ts';
import { projectIdSchema, singleLineSchema } from './session.ts';

export const assessmentSchema = z.object({
  project_id: projectIdSchema,
  assessment_type: singleLineSchema(200),
  label: singleLineSchema(200),
  /** Ids of the ATS jobs for which the widget offers this assessment. Absent: all jobs. */
  jobs: z.array(z.string()).optional(),
});

export const clientConfigSchema = z.object({
  /**
   * `production`, `staging`, `sandbox` or a name that IT has set. The widget shows it as a badge unless it is
   * `production`.
   */
  environment: z.string(),
  assessments: z.array(assessmentSchema),
  /** Who sends the link to the candidate: Evalon, the recruiter (`copy`) or the ATS's connector. */
  delivery: z.enum(['evalon', 'copy', 'ats']),
  /** Placeholders: `{name}`, `{assessment}`. */
  invite_subject: z.string().optional(),
  /** Placeholders: `{name}`, `{link}`, `{assessment}`. */
  invite_message: z.string().optional(),
  comparison: z.boolean(),
  /** The caller's rights, so that the widget offers only actions that the proxy would accept. */
  scope: z.array(z.enum(['read', 'invite'])),
  /** Opaque. Equal only for equal rights. */
  viewer: z.string(),
  /** How to find the candidate in ATS pages. The first adapter with a matching host applies. */
  adapters: z.array(servedAdapterSchema).optional(),
});

export type Assessment = z.infer<typeof assessmentSchema>;
export type ClientConfig = z.infer<typeof clientConfigSchema>;
