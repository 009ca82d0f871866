/** The messages of Ashby's assessment partner API (docs/ats/partner.md). */
import { z } from 'zod';
import { idSchema } from '../ats/connector.ts';
import type { Assessment } from '../contract/client-config.ts';
import { emailSchema, nameSchema } from '../contract/session.ts';
import { hasEndedWithoutResult, type SessionStatus } from '../contract/status.ts';
import type { WriteFacts } from '../sessions/enqueue-ats-writes.ts';
import { type OrderRequest, toTestId } from './orders.ts';

const MAX_ID_CHARS = 200;

export const startSchema = z
  .object({
    assessment_type_id: idSchema,
    candidate: z.object({
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      email: emailSchema,
    }),
    application: z.object({ ashby_id: idSchema }),
    job: z.object({ ashby_id: idSchema }),
  })
  .transform(({ assessment_type_id, candidate, application, job }) => ({
    assessment_type_id,
    email: candidate.email,
    name: [candidate.first_name, candidate.last_name].filter(Boolean).join(' '),
    applicationId: application.ashby_id,
    jobId: job.ashby_id,
  }))
  .pipe(
    z.object({
      assessment_type_id: z.string(),
      email: z.string(),
      name: nameSchema,
      applicationId: z.string().max(MAX_ID_CHARS),
      jobId: z.string().max(MAX_ID_CHARS),
    }),
  );

export const cancelSchema = z.object({ assessment_id: idSchema });

export function toOrder({
  assessment_type_id,
  email,
  name,
  applicationId,
  jobId,
}: z.output<typeof startSchema>): OrderRequest {
  return {
    ats: 'ashby',
    testId: assessment_type_id,
    candidate_email: email,
    candidate_name: name,
    application_id: applicationId,
    reference: applicationId,
    jobId,
  };
}

export function renderAssessments(assessments: readonly Assessment[]) {
  return assessments.map((assessment) => ({ assessment_type_id: toTestId(assessment), name: assessment.label }));
}

const STATUS_LABELS: Readonly<Record<SessionStatus, string>> = {
  invited: 'Invited',
  opened: 'Opened',
  started: 'Started',
  submitted: 'Submitted',
  scoring: 'Scoring',
  completed: 'Completed',
  expired: 'Expired',
  cancelled: 'Cancelled',
  declined: 'Declined',
  failed: 'Failed',
};

type FieldType = 'string' | 'numeric_score' | 'url';

const toField = (identifier: string, label: string, type: FieldType, value: string | number) => ({
  identifier,
  label,
  type,
  value,
});

export interface Update {
  orderId: string;
  facts: WriteFacts;
  /** Milliseconds since 1970. */
  at: number;
  profileUrl: string;
}

/** Ashby takes `assessment_result` as the completion, and `cancelled_reason` as the end without a result. */
export function buildUpdate({ orderId, facts, at, profileUrl }: Update): object {
  const { status, overall, overall_max, sections } = facts;
  const isComplete = status === 'completed';
  const scores = sections.map(({ name, score }, index) =>
    toField(`section-${index + 1}`, name, 'numeric_score', score),
  );
  return {
    assessment_id: orderId,
    timestamp: at,
    ...(hasEndedWithoutResult(status)
      ? { cancelled_reason: toField('cancelled-reason', 'Reason', 'string', STATUS_LABELS[status]) }
      : { assessment_status: toField('status', 'Status', 'string', STATUS_LABELS[status]) }),
    assessment_profile_url: toField('result-url', 'Result', 'url', profileUrl),
    ...(isComplete && {
      assessment_result:
        overall === null
          ? toField('overall', 'Result', 'string', 'Completed')
          : toField('overall', 'Overall score', 'numeric_score', overall),
      metadata: [
        ...(overall_max === null ? [] : [toField('overall-max', 'Maximum score', 'numeric_score', overall_max)]),
        ...scores,
      ],
    }),
  };
}
