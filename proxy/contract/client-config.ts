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

/** Languages that the widget and the built-in messages support. */
export const LOCALES = ['en'] as const;

export const clientConfigSchema = z.object({
  /**
   * `production`, `staging`, `sandbox` or a name that IT has set. The widget shows a badge with it, except for
   * `production`.
   */
  environment: z.string(),
  assessments: z.array(assessmentSchema),
  /** Who sends the link to the candidate: Evalon, the recruiter (`copy`) or the ATS's connector. */
  delivery: z.enum(['evalon', 'copy', 'ats']),
  locales: z.array(z.enum(LOCALES)),
  /** Placeholders of subjects: `{first_name}`, `{name}`, `{assessment}`, `{recruiter}`, `{company}`. */
  invite_subject: z.string(),
  /** Placeholders of messages: those of subjects, and `{link}`. */
  invite_message: z.string(),
  reminder_subject: z.string(),
  reminder_message: z.string(),
  /** The name of the company, for messages. */
  company: z.string().optional(),
  /** A text or an https URL that is added to every message. */
  notice: z.string().optional(),
  /** The caller's name. */
  recruiter: z.string().optional(),
  comparison: z.boolean(),
  /** The caller's rights, so that the widget offers only actions that the proxy would accept. */
  scope: z.array(z.enum(['read', 'invite'])),
  /** An opaque text that identifies the caller's rights. */
  viewer: z.string(),
  /** How to find the candidate in ATS pages. The first adapter with a matching host applies. */
  adapters: z.array(servedAdapterSchema).optional(),
});

export type Assessment = z.infer<typeof assessmentSchema>;
export type ClientConfig = z.infer<typeof clientConfigSchema>;
