/**
 * What goes on around a proxy that is killed: recruiters who invite, one by one and in batches, and candidates whose
 * assessments go on. Everybody asks again until they are answered, as Evalon and the recruiters' pages do.
 */
import { setTimeout as pass } from 'node:timers/promises';
import { createRecruiterClient } from '../api-client.ts';
import { PROJECT_ID } from '../batches.ts';
import type { TestEvalon } from '../evalon.ts';
import { waitFor } from '../eventually.ts';
import { webhookUrl } from '../proxy.ts';

/** Times that each webhook is acknowledged. */
const COPIES = 5;
const STAGES = ['session.opened', 'session.started', 'session.submitted', 'session.scoring'];
const COMPLETED = 'session.completed';
/** Milliseconds from a failed try to the next, between the first and this much more. */
const PAUSE = 100;
/** Milliseconds for what waits for its turn at Evalon. */
const PATIENCE = 30 * 60_000;

export interface SentSession {
  candidateKey: string;
  sessionUuid: string;
  /** The webhooks in the order in which they were first acknowledged, each by its event. */
  events: string[];
}

export interface SentBatch {
  idempotencyKey: string;
  batchId: string;
  /** The keys of its candidates. */
  candidateKeys: string[];
}

export interface LoadGenerator {
  /** Everybody who was invited, by their key. */
  readonly candidateKeys: ReadonlySet<string>;
  readonly sessions: readonly SentSession[];
  readonly batches: readonly SentBatch[];
  /** Acknowledgements of webhooks, copies included. */
  readonly acknowledgedCount: number;
  /** Sets off some more: three invites and a batch of so many rows. */
  addLoad(rows: number): void;
  /** Resolves when all of it was answered. @throws what was answered that must not be. */
  waitUntilDone(): Promise<void>;
}

/** @param step milliseconds in which a candidate takes the next step, at the most. */
export function startLoadGenerator(
  evalon: TestEvalon,
  url: string,
  { random, step }: { random: () => number; step: number },
): LoadGenerator {
  const people = new Set<string>();
  const journeys: SentSession[] = [];
  const batches: SentBatch[] = [];
  const underWay: Promise<void>[] = [];
  let acknowledged = 0;
  let named = 0;

  /** Asks until there is an answer of one of these statuses. */
  async function insist<T extends { status: number; headers?: Headers }>(
    ask: () => Promise<T>,
    ...wanted: number[]
  ): Promise<T> {
    for (;;) {
      const answer = await ask().catch(() => undefined);
      if (answer && wanted.includes(answer.status)) return answer;
      if (answer && ![429, 503].includes(answer.status)) throw new Error(`it answers ${answer.status}`);
      const seconds = Number(answer?.headers?.get('retry-after') ?? 0);
      await pass(Math.min(seconds, 10) * 1_000 + PAUSE + random() * 3 * PAUSE);
    }
  }

  function name(): { candidate_email: string; candidate_name: string; key: string } {
    named += 1;
    const key = `person-${named}@example.com`;
    people.add(key);
    return { candidate_email: named % 3 ? key : `Person-${named}@Example.com`, candidate_name: `Person ${named}`, key };
  }

  async function invite(candidate: object): Promise<void> {
    await insist(async () => (await createRecruiterClient(url)).invite({ ...candidate, key: undefined }), 200, 201);
  }

  /** Sends a webhook until it was acknowledged; its copies follow, or come at the same time, by themselves. */
  async function send(body: object & { event: string; session_uuid: string }): Promise<void> {
    const headers: Record<string, string> =
      random() < 0.5 ? { 'webhook-id': `msg_${body.session_uuid}_${body.event}` } : {};
    const atOnce = random() < 0.4;
    const one = async (delay: number) => {
      await pass(delay);
      await insist(async () => ({ status: await evalon.sendWebhook(body, { url: webhookUrl(url), headers }) }), 202);
      acknowledged += 1;
    };
    const first = one(0);
    for (let copy = 1; copy < COPIES; copy++) underWay.push(one(atOnce ? 0 : random() * 2 * step));
    await first;
  }

  /** What a candidate does, from the moment that Evalon has the session; most of them in the usual order. */
  async function journey(candidateKey: string): Promise<void> {
    const session = await waitFor(() => evalon.findSession(candidateKey, PROJECT_ID), { deadline: PATIENCE });
    const { session_uuid } = session;
    const mine: SentSession = { candidateKey, sessionUuid: session_uuid, events: [] };
    journeys.push(mine);
    const order = [...STAGES, COMPLETED];
    for (const note of ['session.note_1', 'session.note_2']) order.splice(Math.floor(random() * 6), 0, note);
    if (random() < 0.3) order.sort(() => random() - 0.5);
    for (const event of order) {
      if (event === COMPLETED) await evalon.completeSession(session_uuid, {}, false);
      await send({ event, session_uuid, ...(event === COMPLETED && { completed_at: '2026-01-15T14:30:00Z' }) });
      mine.events.push(event);
      await pass(random() ** 3 * step);
    }
  }

  /** One of three times the webhooks come before anybody here has heard of the session. */
  async function one(): Promise<void> {
    const candidate = name();
    const { key, candidate_name } = candidate;
    const going = journey(key);
    if (random() < 0.33) {
      evalon.addSession({ candidate_email: key, candidate_name, project_id: PROJECT_ID, assessment_type: 'marketing' });
      await pass(random() * step);
    }
    await invite(candidate);
    await going;
  }

  /** The first of them is invited at the same time, too; the next few go on, the others stay as they are. */
  async function batch(rows: number): Promise<void> {
    const candidates = Array.from({ length: rows }, name);
    const key = `batch-${candidates[0]?.key}`;
    const body = {
      project_id: PROJECT_ID,
      assessment_type: 'marketing',
      candidates: candidates.map(({ candidate_email, candidate_name }) => ({ candidate_email, candidate_name })),
    };
    const going = candidates.slice(1, 6).map((candidate) => journey(candidate.key));
    const invited = candidates.slice(0, 1).map(invite);
    const post = async () => (await createRecruiterClient(url)).post('/v1/batches', body, { 'idempotency-key': key });
    const answer = await insist(post, 202);
    batches.push({
      idempotencyKey: key,
      batchId: answer.body.batch_id,
      candidateKeys: candidates.map((candidate) => candidate.key),
    });
    await Promise.all([...going, ...invited]);
  }

  return {
    candidateKeys: people,
    sessions: journeys,
    batches,
    get acknowledgedCount() {
      return acknowledged;
    },
    addLoad(rows) {
      underWay.push(one(), one(), one(), batch(rows));
    },
    async waitUntilDone() {
      for (let waited = 0; waited < underWay.length; waited++) await underWay[waited];
    },
  };
}
