/** Signed webhooks about a stage change: of Greenhouse, of Lever, and of an ATS that `ATS_HTTP` describes. */
import { createHmac, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export const GREENHOUSE_WEBHOOK_SECRET = 'the-greenhouse-webhook-secret-of-tests';
export const LEVER_WEBHOOK_SECRET = 'the-lever-webhook-secret-of-tests';
export const CUSTOM_WEBHOOK_SECRET = `whsec_${Buffer.from('a custom webhook secret of tests').toString('base64')}`;
/** The `stage_change` in `ATS_HTTP` that matches the webhooks of `buildCustomWebhook`. */
export const CUSTOM_STAGE_CHANGE = { application: '/job_application/id', stage: '/step/name' };

export interface SignedRequest {
  path: string;
  headers: Record<string, string>;
  body: string;
}

interface GreenhouseStage {
  applicationId: number;
  jobId?: number;
  stage?: { id: number; name: string };
  email?: string;
  /** Differs for each event. A repeated webhook has the same value. */
  lastActivityAt?: string;
}

/** @param secret signs the body. */
export function buildGreenhouseWebhook(
  {
    applicationId,
    jobId = 11,
    stage = { id: 71_416, name: 'Assessment' },
    email = 'anna@example.com',
    lastActivityAt = '2026-01-15T14:30:00Z',
  }: GreenhouseStage,
  secret = GREENHOUSE_WEBHOOK_SECRET,
): SignedRequest {
  const body = JSON.stringify({
    action: 'candidate_stage_change',
    payload: {
      application: {
        id: applicationId,
        rejected_at: null,
        prospect: false,
        status: 'active',
        last_activity_at: lastActivityAt,
        current_stage: { ...stage, interviews: [] },
        candidate: {
          id: 265_772,
          first_name: 'Anna',
          last_name: 'Ames',
          email_addresses: [{ value: email, type: 'personal' }],
        },
        jobs: [{ id: jobId, name: 'Designer', status: 'open' }],
      },
    },
  });
  return {
    path: '/webhooks/ats/greenhouse',
    headers: {
      'content-type': 'application/json',
      'greenhouse-event-id': randomUUID(),
      signature: `sha256 ${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  };
}

interface LeverStage {
  opportunityId: string;
  stageId?: string;
  triggeredAt: number;
  token?: string;
}

/** @param secret signs the token and the time, but not the data. */
export function buildLeverWebhook(
  { opportunityId, stageId = 'stage-assessment', triggeredAt, token = randomUUID() }: LeverStage,
  secret = LEVER_WEBHOOK_SECRET,
): SignedRequest {
  const signature = createHmac('sha256', secret).update(`${token}${triggeredAt}`).digest('hex');
  const data = { opportunityId, fromStageId: 'stage-new', toStageId: stageId, contactId: randomUUID() };
  return {
    path: '/webhooks/ats/lever',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event: 'candidateStageChange', triggeredAt, token, signature, data }),
  };
}

interface CustomStage {
  applicationId: unknown;
  stage?: unknown;
  /** The same for each repeat of a webhook. */
  id?: string;
  sentAt?: Date;
}

/** Builds a webhook of the ATS that tests describe in `ATS_HTTP` as `workday`, signed by Standard Webhooks. */
export function buildCustomWebhook(
  { applicationId, stage = 'Assessment', id = randomUUID(), sentAt = new Date() }: CustomStage,
  secret = CUSTOM_WEBHOOK_SECRET,
): SignedRequest {
  const body = JSON.stringify({ job_application: { id: applicationId }, step: { name: stage } });
  return {
    path: '/webhooks/ats/workday',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    },
    body,
  };
}

export async function sendAtsWebhook(proxyUrl: string, { path, headers, body }: SignedRequest): Promise<number> {
  const response = await fetch(`${proxyUrl}${path}`, { method: 'POST', headers, body });
  await response.body?.cancel();
  return response.status;
}
