/** The response of `GET /v1/config`, the widget's first request. */
import { z } from 'zod';
import { LOCALES } from './locales.ts';
import { servedAdapterSchema } from './page-adapter.ts';
import { projectIdSchema, singleLineSchema } from './session.ts';

export const assessmentSchema = z
  .object({
    project_id: projectIdSchema,
    assessment_type: singleLineSchema(200),
    label: singleLineSchema(200),
    jobs: z
      .array(z.string())
      .optional()
      .describe('Ids of the ATS jobs for which the widget offers this assessment. Absent: all jobs.'),
  })
  .meta({ id: 'Assessment' });

export const clientConfigSchema = z
  .object({
    environment: z
      .string()
      .describe(
        '`production`, `staging`, `sandbox` or a name that IT has set. The widget shows a badge with it, except for `production`.',
      ),
    assessments: z.array(assessmentSchema),
    delivery: z
      .enum(['evalon', 'copy', 'ats'])
      .describe("Who sends the link to the candidate: Evalon, the recruiter (`copy`) or the ATS's connector."),
    locales: z.array(z.enum(LOCALES)),
    invite_subject: z
      .string()
      .describe('Placeholders of subjects: `{first_name}`, `{name}`, `{assessment}`, `{recruiter}`, `{company}`.'),
    invite_message: z.string().describe('Placeholders of messages: those of subjects, and `{link}`.'),
    reminder_subject: z.string(),
    reminder_message: z.string(),
    company: z.string().optional().describe('The name of the company, for messages.'),
    notice: z.string().optional().describe('A text or an https URL that is added to every message.'),
    recruiter: z.string().optional().describe("The caller's name."),
    comparison: z.boolean(),
    scope: z
      .array(z.enum(['read', 'invite']))
      .describe("The caller's rights, so that the widget offers only actions that the proxy would accept."),
    viewer: z.string().describe("An opaque text that identifies the caller's rights."),
    adapters: z
      .array(servedAdapterSchema)
      .optional()
      .describe('How to find the candidate in ATS pages. The first adapter with a matching host applies.'),
  })
  .meta({ id: 'Config' });

export type Assessment = z.infer<typeof assessmentSchema>;
export type ClientConfig = z.infer<typeof clientConfigSchema>;
