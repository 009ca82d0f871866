/**
 * Simulates Greenhouse, whose assessment partner is the proxy: a recruiter lists tests, sends one, and sees the result
 * after the proxy's PATCH. Written only from https://developers.greenhouse.io/assessment.html.
 */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { encodeBasicAuth, type FakeRequest, type FakeServer, startFakeServer } from './ats/server.ts';
import { assertNoSecretLeak } from './secret-leak-check.ts';

export const GREENHOUSE_PARTNER_KEY = 'the-greenhouse-partner-key-of-tests';

export interface GreenhouseCandidate {
  first_name: string;
  last_name: string;
  email: string;
}

/** What Greenhouse shows in the candidate's profile. */
export interface ShownTest {
  partner_interview_id: string;
  partner_status: string;
  partner_profile_url: string | null;
  partner_score: number | null;
  metadata: Record<string, string | number | boolean | null>;
}

export interface GreenhouseClient {
  server: FakeServer;
  /** The value of `PARTNER_CALLBACK_HOSTS`. */
  host: string;
  /** The URL at which Greenhouse calls the proxy. A test sets it after the proxy has started. */
  partnerUrl: string;
  /** The key with which Greenhouse calls the proxy. */
  partnerKey: string;
  /** Calls an endpoint that Greenhouse requires of its partners. */
  call(path: string, body?: object): Promise<{ status: number; headers: Headers; body: unknown }>;
  listTests(): Promise<{ partner_test_id: string; partner_test_name: string }[]>;
  /**
   * Sends a test to a candidate.
   * @param takeHomeTestId Greenhouse's id of the request. A second call with the same id repeats the request.
   */
  sendTest(
    testId: string,
    candidate: GreenhouseCandidate,
    takeHomeTestId?: number,
  ): ReturnType<GreenhouseClient['call']>;
  fetchStatus(interviewId: string): Promise<ShownTest>;
  /** The results that Greenhouse has fetched after a PATCH, by the id of the take-home test. */
  shown: Map<number, ShownTest>;
}

const CALLBACK = /^\/integrations\/testing_partners\/take_home_tests\/(\d+)$/;

export async function startGreenhouseClient(test: Pick<TestContext, 'after'>): Promise<GreenhouseClient> {
  /** Interview ids by the id of the take-home test. */
  const interviewIds = new Map<number, string>();

  /** Receives the proxy's PATCH, and then asks the proxy for the status. */
  function receive({ method, path, headers }: FakeRequest) {
    const takeHomeTestId = Number(CALLBACK.exec(path)?.[1]);
    const interviewId = interviewIds.get(takeHomeTestId);
    if (method !== 'PATCH' || interviewId === undefined) return undefined;
    if (headers.authorization !== encodeBasicAuth(client.partnerKey)) return { status: 401, body: {} };
    void client.fetchStatus(interviewId).then((shownTest) => client.shown.set(takeHomeTestId, shownTest));
    return { status: 200, body: {} };
  }

  const server = await startFakeServer(test, receive);
  const client: GreenhouseClient = {
    server,
    host: new URL(server.url).host,
    partnerUrl: '',
    partnerKey: GREENHOUSE_PARTNER_KEY,
    shown: new Map(),

    async call(path, body) {
      const response = await fetch(`${client.partnerUrl}/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: encodeBasicAuth(client.partnerKey),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = assertNoSecretLeak(await response.text(), 'a response');
      return { status: response.status, headers: response.headers, body: JSON.parse(text) };
    },

    async listTests() {
      const { status, body } = await client.call('list_tests');
      assert.equal(status, 200);
      assert.ok(Array.isArray(body));
      for (const listed of body) {
        assert.deepEqual(Object.keys(listed).sort(), ['partner_test_id', 'partner_test_name']);
        assert.ok(Object.values(listed).every((value) => typeof value === 'string'));
      }
      return body;
    },

    async sendTest(partner_test_id, candidate, takeHomeTestId = 12_345) {
      const response = await client.call('send_test', {
        partner_test_id,
        candidate: {
          ...candidate,
          preferred_name: null,
          resume_url: null,
          phone_number: null,
          greenhouse_profile_url: 'https://app.greenhouse.io/people/17681532?application_id=26234709',
        },
        sent_by: 'rita@company.example',
        url: `${server.url}/integrations/testing_partners/take_home_tests/${takeHomeTestId}`,
      });
      if (response.status === 200) {
        const { partner_interview_id } = response.body as { partner_interview_id: string };
        assert.equal(typeof partner_interview_id, 'string');
        interviewIds.set(takeHomeTestId, partner_interview_id);
      }
      return response;
    },

    async fetchStatus(interviewId) {
      const { status, body } = await client.call(`test_status?partner_interview_id=${interviewId}`);
      assert.equal(status, 200);
      const shown = body as ShownTest;
      assert.equal(typeof shown.partner_status, 'string');
      assert.ok(shown.partner_score === null || typeof shown.partner_score === 'number');
      if (shown.partner_status === 'complete') assert.ok(URL.canParse(shown.partner_profile_url ?? ''));
      for (const value of Object.values(shown.metadata)) {
        assert.ok(value === null || ['string', 'number', 'boolean'].includes(typeof value));
      }
      return { ...shown, partner_interview_id: interviewId };
    },
  };
  return client;
}
