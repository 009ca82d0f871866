/**
 * Generates load while a proxy is killed: recruiters invite candidates, individually and in batches, and candidates
 * take their assessments. Every request is repeated until it succeeds, as Evalon and the widget do.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRecruiterClient } from '../api-client.ts';
import { PROJECT_ID } from '../batches.ts';
import type { TestEvalon } from '../evalon.ts';
import { waitFor } from '../eventually.ts';
import { webhookUrl } from '../proxy.ts';

/** How many copies of each webhook are sent. Each copy is repeated until it is acknowledged. */
export const COPIES_OF_EACH_WEBHOOK = 5;
const STAGES = ['session.opened', 'session.started', 'session.submitted', 'session.scoring'];
const COMPLETED = 'session.completed';
const RETRY_MS = 100;
const RETRY_JITTER_MS = 300;
const MAX_RETRY_AFTER_SECONDS = 10;
/** The longest time until Evalon has a session. It is long, because the proxy's call may wait for the rate limit. */
const SESSION_DEADLINE_MS = 30 * 60_000;

export interface SentSession {
  candidateKey: string;
  sessionUuid: string;
  /** The events of its webhooks, in the order of their first acknowledgement. */
  events: string[];
}

export interface SentBatch {
  idempotencyKey: string;
  batchId: string;
  candidateKeys: string[];
}

export interface LoadGenerator {
  /** All invited candidates. */
  readonly candidateKeys: ReadonlySet<string>;
  readonly sessions: readonly SentSession[];
  readonly batches: readonly SentBatch[];
  /** Acknowledgements of webhooks, copies included. */
  readonly acknowledgedCount: number;
  /** Starts three invites and a batch with this many rows. */
  addLoad(batchRows: number): void;
  /**
   * Resolves when everything has succeeded.
   * @throws if a response is incorrect
   */
  waitUntilDone(): Promise<void>;
}

interface Candidate {
  key: string;
  candidate_email: string;
  candidate_name: string;
}

/**
 * @param getUrl returns the proxy's URL for the next request.
 * @param maxStagePauseMs the longest pause between two stages of an assessment.
 */
export function startLoadGenerator(
  evalon: TestEvalon,
  getUrl: () => string,
  { random, maxStagePauseMs }: { random: () => number; maxStagePauseMs: number },
): LoadGenerator {
  const candidateKeys = new Set<string>();
  const sessions: SentSession[] = [];
  const batches: SentBatch[] = [];
  const running: Promise<void>[] = [];
  let acknowledgedCount = 0;

  /** Repeats a request until it returns one of these statuses. */
  async function retry<T extends { status: number; headers?: Headers }>(
    request: () => Promise<T>,
    ...expected: number[]
  ): Promise<T> {
    for (;;) {
      const response = await request().catch(() => undefined);
      if (response && expected.includes(response.status)) return response;
      if (response && ![408, 429, 503].includes(response.status))
        throw new Error(`unexpected status ${response.status}`);
      const retryAfterSeconds = Number(response?.headers?.get('retry-after') ?? 0);
      const waitMs = Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS) * 1_000;
      await sleep(waitMs + RETRY_MS + random() * RETRY_JITTER_MS);
    }
  }

  function createCandidate(): Candidate {
    const n = candidateKeys.size + 1;
    const key = `person-${n}@example.com`;
    candidateKeys.add(key);
    // The proxy must find the same candidate if the email differs in case.
    return { key, candidate_email: n % 3 ? key : `Person-${n}@Example.com`, candidate_name: `Person ${n}` };
  }

  async function invite({ candidate_email, candidate_name }: Candidate): Promise<void> {
    const post = async () => (await createRecruiterClient(getUrl())).invite({ candidate_email, candidate_name });
    await retry(post, 200, 201);
  }

  /**
   * Sends a webhook several times, with its id in the header or the body. Resolves after the first acknowledgement. The
   * other copies are sent at the same time or later.
   */
  async function sendWebhook(body: object & { event: string; session_uuid: string }): Promise<void> {
    const id = `msg_${body.session_uuid}_${body.event}`;
    const isInHeader = random() < 0.5;
    const headers: Record<string, string> = isInHeader ? { 'webhook-id': id } : {};
    const sent = isInHeader ? body : { ...body, event_id: id };
    const isConcurrent = random() < 0.4;
    const sendCopy = async (delayMs: number) => {
      await sleep(delayMs);
      await retry(
        async () => ({ status: await evalon.sendWebhook(sent, { url: webhookUrl(getUrl()), headers }) }),
        202,
      );
      acknowledgedCount += 1;
    };
    const first = sendCopy(0);
    for (let copy = 1; copy < COPIES_OF_EACH_WEBHOOK; copy++)
      running.push(sendCopy(isConcurrent ? 0 : random() * 2 * maxStagePauseMs));
    await first;
  }

  /** Sends a candidate's webhooks once Evalon has the session, mostly in the usual order. */
  async function takeAssessment(candidateKey: string): Promise<void> {
    const findSession = () => evalon.findSession(candidateKey, PROJECT_ID);
    const { session_uuid } = await waitFor(findSession, { timeoutMs: SESSION_DEADLINE_MS });
    const session: SentSession = { candidateKey, sessionUuid: session_uuid, events: [] };
    sessions.push(session);
    const events = [...STAGES, COMPLETED];
    for (const note of ['session.note_1', 'session.note_2']) events.splice(Math.floor(random() * 6), 0, note);
    // Shuffles the events of some candidates.
    if (random() < 0.3) events.sort(() => random() - 0.5);
    for (const event of events) {
      if (event === COMPLETED) await evalon.completeSession(session_uuid, { notify: false });
      const completion = event === COMPLETED && { completed_at: '2026-01-15T14:30:00Z' };
      await sendWebhook({ event, session_uuid, ...completion });
      session.events.push(event);
      // Most pauses are short.
      await sleep(random() ** 3 * maxStagePauseMs);
    }
  }

  /** For a third of the candidates, webhooks arrive before the proxy knows the session. */
  async function runSingleInvite(): Promise<void> {
    const candidate = createCandidate();
    const assessment = takeAssessment(candidate.key);
    if (random() < 0.33) {
      const { key, candidate_name } = candidate;
      evalon.addSession({ candidate_email: key, candidate_name, project_id: PROJECT_ID, assessment_type: 'marketing' });
      await sleep(random() * maxStagePauseMs);
    }
    await invite(candidate);
    await assessment;
  }

  /** The first candidate is also invited individually. The next five take the assessment. */
  async function runBatch(rows: number): Promise<void> {
    const candidates = Array.from({ length: rows }, createCandidate);
    const idempotencyKey = `batch-${candidates[0]?.key}`;
    const body = {
      project_id: PROJECT_ID,
      assessment_type: 'marketing',
      candidates: candidates.map(({ candidate_email, candidate_name }) => ({ candidate_email, candidate_name })),
    };
    const assessments = candidates.slice(1, 6).map(({ key }) => takeAssessment(key));
    const invites = candidates.slice(0, 1).map(invite);
    const post = async () =>
      (await createRecruiterClient(getUrl())).post('/v1/batches', body, { 'idempotency-key': idempotencyKey });
    const response = await retry(post, 202);
    batches.push({
      idempotencyKey,
      batchId: response.body.batch_id,
      candidateKeys: candidates.map(({ key }) => key),
    });
    await Promise.all([...assessments, ...invites]);
  }

  return {
    candidateKeys,
    sessions,
    batches,
    get acknowledgedCount() {
      return acknowledgedCount;
    },
    addLoad(batchRows) {
      running.push(runSingleInvite(), runSingleInvite(), runSingleInvite(), runBatch(batchRows));
    },
    async waitUntilDone() {
      // The running work adds more work to this list.
      for (let index = 0; index < running.length; index++) await running[index];
    },
  };
}
