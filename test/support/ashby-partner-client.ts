/**
 * Simulates Ashby, whose assessment partner is the proxy: calls the proxy, and receives the proxy's updates. Written
 * only from Ashby's published API description and
 * https://developers.ashbyhq.com/docs/creating-an-assessments-integration.
 */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { z } from 'zod';
import { encodeBasicAuth, type FakeRequest, type FakeServer, startFakeServer } from './ats/server.ts';
import { assertNoSecretLeak } from './secret-leak-check.ts';

export const ASHBY_PARTNER_KEY = 'the-ashby-partner-key-of-tests';
export const ASHBY_API_KEY = 'the-ashby-api-key-of-tests';

const fieldSchema = z.strictObject({
  identifier: z.string().min(1),
  label: z.string().min(1),
  description: z.string().optional(),
  type: z.enum(['numeric_score', 'numeric_duration_minutes', 'url', 'string', 'boolean_success']),
  value: z.union([z.string(), z.number(), z.boolean()]),
});

const updateSchema = z
  .strictObject({
    assessment_id: z.uuid(),
    timestamp: z.int(),
    assessment_status: fieldSchema.optional(),
    assessment_profile_url: fieldSchema.extend({ type: z.literal('url'), value: z.url() }).optional(),
    assessment_result: fieldSchema.optional(),
    cancelled_reason: fieldSchema.optional(),
    metadata: z.array(fieldSchema).optional(),
  })
  .refine(({ assessment_status, cancelled_reason }) => assessment_status ?? cancelled_reason)
  .refine(({ assessment_result, assessment_profile_url }) => !assessment_result || assessment_profile_url);

export type AshbyUpdate = z.infer<typeof updateSchema>;

const startedSchema = z.object({ success: z.literal(true), results: z.object({ assessment_id: z.uuid() }) });
const listSchema = z.object({
  success: z.literal(true),
  results: z.array(z.object({ assessment_type_id: z.uuid(), name: z.string(), description: z.string().optional() })),
});

export interface AshbyCandidate {
  first_name: string;
  last_name: string;
  email: string;
}

export interface AshbyClient {
  server: FakeServer;
  /** The URL at which Ashby calls the proxy. A test sets it after the proxy has started. */
  partnerUrl: string;
  /** The key with which Ashby calls the proxy. */
  partnerKey: string;
  call(apiMethod: string, body?: object): Promise<{ status: number; body: unknown }>;
  listAssessments(): Promise<{ assessment_type_id: string; name: string }[]>;
  /** @param changes replace fields of the documented body. */
  start(typeId: string, candidate: AshbyCandidate, changes?: object): ReturnType<AshbyClient['call']>;
  /** Starts an assessment, and returns its id. */
  startSuccessfully(typeId: string, candidate: AshbyCandidate): Promise<string>;
  /** The valid updates so far. */
  updates: AshbyUpdate[];
  /** The updates that Ashby refused. */
  refusedUpdates: unknown[];
}

export async function startAshbyClient(test: Pick<TestContext, 'after'>): Promise<AshbyClient> {
  function receive({ method, path, headers, body }: FakeRequest) {
    if (method !== 'POST' || path !== '/assessment.update') return undefined;
    if (headers.authorization !== encodeBasicAuth(ASHBY_API_KEY)) return { status: 403, body: {} };
    const parsed = updateSchema.safeParse(JSON.parse(body));
    if (!parsed.success) {
      client.refusedUpdates.push(JSON.parse(body));
      return { status: 200, body: { success: false, errors: ['invalid_input'] } };
    }
    client.updates.push(parsed.data);
    return { status: 200, body: { success: true, results: {} } };
  }

  const server = await startFakeServer(test, receive);
  const client: AshbyClient = {
    server,
    partnerUrl: '',
    partnerKey: ASHBY_PARTNER_KEY,
    updates: [],
    refusedUpdates: [],

    async call(apiMethod, body = {}) {
      const response = await fetch(`${client.partnerUrl}/${apiMethod}`, {
        method: 'POST',
        headers: { authorization: encodeBasicAuth(client.partnerKey), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = assertNoSecretLeak(await response.text(), 'a response');
      return { status: response.status, body: JSON.parse(text) };
    },

    async listAssessments() {
      const { status, body } = await client.call('assessment.list');
      assert.equal(status, 200);
      return listSchema.parse(body).results;
    },

    start: (assessment_type_id, candidate, changes = {}) =>
      client.call('assessment.start', {
        assessment_type_id,
        candidate: {
          ashby_id: '11111111-1111-4111-8111-111111111111',
          ...candidate,
          ashby_profile_url: 'https://app.ashbyhq.com/candidates/11111111-1111-4111-8111-111111111111',
        },
        application: { ashby_id: '22222222-2222-4222-8222-222222222222', status: 'Active' },
        job: {
          ashby_id: '33333333-3333-4333-8333-333333333333',
          name: 'Marketing manager',
          ashby_job_url: 'https://app.ashbyhq.com/jobs/33333333-3333-4333-8333-333333333333',
        },
        ...changes,
      }),

    async startSuccessfully(typeId, candidate) {
      const { status, body } = await client.start(typeId, candidate);
      assert.equal(status, 200);
      return startedSchema.parse(body).results.assessment_id;
    },
  };
  return client;
}
