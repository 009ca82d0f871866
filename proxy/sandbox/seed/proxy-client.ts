/** Calls the proxy's API as one of the demo's recruiters. Each function throws for an error other than 404. */
import { z } from 'zod';
import * as ROUTES from '../../contract/routes.ts';
import type { Handover } from '../../contract/session.ts';
import { SESSION_STATUSES, type SessionStatus } from '../../contract/status.ts';
import type { Job } from '../demo/people/person.ts';
import type { DemoRecruiter } from '../demo/recruiters.ts';

const TIMEOUT_MS = 10_000;
const sessionSchema = z.object({ status: z.enum(SESSION_STATUSES) });

export interface Invitee {
  readonly name: string;
  readonly email: string;
}

export interface ProxyClient {
  invite(by: DemoRecruiter, candidate: Invitee, job: Job): Promise<void>;
  inviteCohort(by: DemoRecruiter, candidates: readonly Invitee[], job: Job): Promise<void>;
  recordHandover(by: DemoRecruiter, sessionUuid: string, handover: Handover): Promise<void>;
  readScorecard(by: DemoRecruiter, sessionUuid: string): Promise<void>;
  /** Returns undefined if the proxy does not know the session yet. */
  getStatus(by: DemoRecruiter, sessionUuid: string): Promise<SessionStatus | undefined>;
}

export function createProxyClient(publicUrl: string): ProxyClient {
  async function call(by: DemoRecruiter, path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${publicUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${by.sub}`, 'content-type': 'application/json', ...init.headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // 404: the proxy does not know the session yet.
    if (response.ok || response.status === 404) return response;
    throw new Error(`The proxy refused a request of the demo: ${response.status} ${await response.text()}`);
  }

  /** @param idempotencyKey the proxy handles requests with the same key once, even if the seed repeats them. */
  async function post(by: DemoRecruiter, path: string, body: object, idempotencyKey?: string): Promise<void> {
    const headers = idempotencyKey && { 'idempotency-key': idempotencyKey };
    const response = await call(by, path, { method: 'POST', body: JSON.stringify(body), ...(headers && { headers }) });
    await response.body?.cancel();
  }

  const toCandidate = ({ name, email }: Invitee) => ({ candidate_email: email, candidate_name: name });

  return {
    invite: (by, candidate, { project_id, assessment_type }) =>
      post(by, ROUTES.sessions, { ...toCandidate(candidate), project_id, assessment_type }),
    inviteCohort: (by, candidates, { project_id, assessment_type }) =>
      post(
        by,
        ROUTES.batches,
        { project_id, assessment_type, candidates: candidates.map(toCandidate) },
        // The demo's two cohorts differ in size, so the size identifies each.
        `demo-cohort-${candidates.length}`,
      ),
    recordHandover: (by, sessionUuid, handover) =>
      post(by, ROUTES.handoversPath(sessionUuid), handover, `demo-${handover.kind}`),
    async readScorecard(by, sessionUuid) {
      const response = await call(by, ROUTES.scorecardPath(sessionUuid));
      await response.body?.cancel();
    },
    async getStatus(by, sessionUuid) {
      const response = await call(by, ROUTES.sessionPath(sessionUuid));
      return response.ok ? sessionSchema.parse(await response.json()).status : undefined;
    },
  };
}
