/**
 * Creates demo sessions in several states. It invites each candidate through the proxy, and then advances the session
 * at the simulated Evalon, which sends real webhooks. Runs once. The next start repeats an interrupted run.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Assessment } from '../contract/client-config.ts';
import * as ROUTES from '../contract/routes.ts';
import { PEOPLE } from './demo/people/people.ts';
import { type Person, SALES_JOB } from './demo/people/person.ts';
import { advanceSession, type SessionTarget } from './evalon/auto-complete.ts';
import { IDEAL_NETWORK } from './evalon/network-conditions.ts';
import { isClosed } from './evalon/session-lifecycle.ts';
import type { SimulatedEvalon } from './evalon/simulated-evalon.ts';

/** The stage of each demo candidate. The seed does not invite candidates without a stage. */
const STAGE_BY_PERSON: Record<string, SessionTarget> = {
  'ben-sample': 'invited',
  'chloe-demo': 'opened',
  'eun-ji-demo': 'started',
  'farid-sample': 'scoring',
  'grace-demo': 'expired',
  'hana-sample': 'declined',
  'ines-demo': {
    optionRanks: [0, 0, 0, 0],
    writtenAnswer:
      'First the source of the visitors, because one campaign can bring people with another intent. Then the funnel, step by step, to see where they drop out.',
  },
  'kwame-demo': {
    optionRanks: [0, 0, 1, 0],
    writtenAnswer:
      'Thank you for the open talk. You said that your team loses days to rescheduling. I will send a plan on Friday.',
  },
  'jonas-sample': {
    optionRanks: [1, 0, 1, 1],
    writtenAnswer: 'I would compare the conversion with the month before and ask the shop team whether prices changed.',
  },
};

const SEEDED_MARKER = 'seeded';
const COHORT_SIZE = 24;
const WEBHOOKS_TIMEOUT_MS = 10_000;
const INVITE_TIMEOUT_MS = 10_000;
const sessionSchema = z.object({ session_uuid: z.string() });

export interface SeedOptions {
  publicUrl: string;
  assessments: readonly Assessment[];
  evalon: SimulatedEvalon;
  log: (message: string, facts?: object) => void;
}

/** @throws if the proxy refuses an invite. */
export async function seed({ publicUrl, assessments, evalon, log }: SeedOptions): Promise<void> {
  const { repository, webhookSender } = evalon;
  const lifecycle = evalon.lifecycle.withNetwork(IDEAL_NETWORK);
  if (repository.hasMarker(SEEDED_MARKER)) return;
  await Promise.all(
    PEOPLE.map(async (person) => {
      const stage = STAGE_BY_PERSON[person.id];
      const isOffered = assessments.some(({ project_id }) => project_id === person.job.project_id);
      if (!stage || !isOffered) return;
      const session = repository.getByUuid(await invite(publicUrl, person));
      if (session && !isClosed(session)) advanceSession(lifecycle, session, stage);
    }),
  );
  await inviteCohort(publicUrl, assessments);
  repository.setMarker(SEEDED_MARKER);
  const abort = new AbortController();
  const timeout = wait(WEBHOOKS_TIMEOUT_MS, 'timeout', { signal: abort.signal, ref: false }).catch(() => 'aborted');
  if ((await Promise.race([webhookSender.whenIdle(), timeout])) === 'timeout') {
    log('sandbox: some webhooks of the demo sessions are still pending');
  }
  abort.abort();
}

/** A cohort that the demo's recruiter has invited before the first visit. A repeated run creates no second one. */
async function inviteCohort(publicUrl: string, assessments: readonly Assessment[]): Promise<void> {
  const assessment = assessments.find(({ project_id }) => project_id === SALES_JOB.project_id);
  if (!assessment) return;
  const candidates = Array.from({ length: COHORT_SIZE }, (_, n) => ({
    candidate_email: `cohort-${n + 1}@example.com`,
    candidate_name: `Demo Candidate ${n + 1}`,
  }));
  const { project_id, assessment_type } = assessment;
  const response = await fetch(`${publicUrl}${ROUTES.batches}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'demo-cohort' },
    body: JSON.stringify({ project_id, assessment_type, candidates }),
    signal: AbortSignal.timeout(INVITE_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`The proxy refused the demo's cohort: ${response.status}`);
}

async function invite(publicUrl: string, { name, email, job }: Person): Promise<string> {
  const response = await fetch(`${publicUrl}${ROUTES.sessions}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      assessment_type: job.assessment_type,
      candidate_email: email,
      candidate_name: name,
      project_id: job.project_id,
    }),
    signal: AbortSignal.timeout(INVITE_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`The proxy refused to invite ${name}: ${response.status} ${await response.text()}`);
  return sessionSchema.parse(await response.json()).session_uuid;
}
