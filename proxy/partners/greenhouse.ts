/** The messages of Greenhouse's Assessment API (docs/ats/partner.md). */
import { z } from 'zod';
import { idSchema } from '../ats/connector.ts';
import type { Assessment } from '../contract/client-config.ts';
import type { Adapter } from '../contract/page-adapter.ts';
import { extractIds } from '../contract/page-address.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import { emailSchema, nameSchema } from '../contract/session.ts';
import type { SessionRow } from '../store/schema.ts';
import { type OrderRequest, toTestId } from './orders.ts';

const MAX_URL_CHARS = 2_000;

export const sendTestSchema = z
  .object({
    partner_test_id: idSchema,
    candidate: z.object({
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      email: emailSchema,
      greenhouse_profile_url: z.string().max(MAX_URL_CHARS).nullish(),
    }),
    url: z.string().max(MAX_URL_CHARS, `must have at most ${MAX_URL_CHARS} characters`),
  })
  .transform(({ candidate, ...order }) => ({
    ...order,
    email: candidate.email,
    name: [candidate.first_name, candidate.last_name].filter(Boolean).join(' '),
    profileUrl: candidate.greenhouse_profile_url ?? '',
  }))
  .pipe(
    z.object({
      partner_test_id: z.string(),
      url: z.string(),
      email: z.string(),
      name: nameSchema,
      profileUrl: z.string(),
    }),
  );

const API_CALLS = ['list_tests', 'send_test', 'test_status', 'response_error'] as const;
const MAX_ERRORS = 10;

/** Greenhouse's report that it did not understand a response of the proxy. */
export const responseErrorSchema = z.object({
  api_call: z.enum(API_CALLS).catch('response_error'),
  errors: z
    .array(z.string())
    .catch([])
    .transform((errors) => errors.slice(0, MAX_ERRORS)),
  partner_interview_id: idSchema.nullish().catch(undefined),
});

/** @param adapters find the application's id in the address of the candidate's page. */
export function toOrder(
  { partner_test_id, url, email, name, profileUrl }: z.output<typeof sendTestSchema>,
  adapters: readonly Adapter[],
): OrderRequest {
  const applicationId = readApplicationId(profileUrl, adapters);
  return {
    ats: 'greenhouse',
    testId: partner_test_id,
    candidate_email: email,
    candidate_name: name,
    reference: url,
    callbackUrl: url,
    ...(applicationId !== undefined && { application_id: applicationId }),
  };
}

function readApplicationId(profileUrl: string, adapters: readonly Adapter[]): string | undefined {
  const url = URL.parse(profileUrl);
  const adapter = adapters.find(({ ats }) => ats === 'greenhouse');
  const ids = url && adapter ? extractIds(adapter, url) : undefined;
  return ids === 'contradictory' ? undefined : ids?.['application'];
}

export function renderTests(assessments: readonly Assessment[]) {
  return assessments.map((assessment) => ({
    partner_test_id: toTestId(assessment),
    partner_test_name: assessment.label,
  }));
}

/** Greenhouse shows a result once `partner_status` is `complete`. `metadata` may have primitive values only. */
export function renderStatus({ status, scorecard, completed_at }: SessionRow, profileUrl: string) {
  const isComplete = status === 'completed';
  const result = scorecard === null ? undefined : (JSON.parse(scorecard) as Scorecard);
  return {
    partner_status: isComplete ? 'complete' : status,
    partner_profile_url: profileUrl,
    partner_score: isComplete ? (result?.overall ?? null) : null,
    metadata: isComplete
      ? Object.fromEntries([
          ['Completed at', completed_at],
          ['Overall score', formatScore(result?.overall ?? null, result?.overall_max ?? null)],
          ...(result?.sections ?? []).map(({ name, score, max_score }) => [name, formatScore(score, max_score)]),
        ])
      : {},
  };
}

function formatScore(score: number | null, max: number | null): string | null {
  if (score === null) return null;
  return max === null ? String(score) : `${score} / ${max}`;
}
