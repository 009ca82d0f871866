/**
 * What recruiters and candidates do in the demo's history. Recruiters call the proxy. Candidates advance their sessions
 * at the simulated Evalon, which sends real webhooks. Each action waits until the proxy has stored its effect.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { STATUS_RANK } from '../../contract/status.ts';
import type { Job } from '../demo/people/person.ts';
import { type DemoRecruiter, RECRUITER } from '../demo/recruiters.ts';
import { advanceSession, type SessionTarget } from '../evalon/advance-session.ts';
import { IDEAL_NETWORK } from '../evalon/network-conditions.ts';
import { isClosed } from '../evalon/session-lifecycle.ts';
import type { SimulatedEvalon } from '../evalon/simulated-evalon.ts';
import type { Action } from './history.ts';
import { createProxyClient, type Invitee } from './proxy-client.ts';

/** The proxy has this long to store the effect of an action. */
const STORED_TIMEOUT_MS = 10_000;
const POLL_MS = 5;

export interface DemoActionsOptions {
  publicUrl: string;
  evalon: SimulatedEvalon;
  log: (message: string) => void;
}

export function createDemoActions({ publicUrl, evalon, log }: DemoActionsOptions) {
  const { repository, webhookSender } = evalon;
  // Without delays, each action finishes before the next one starts.
  const lifecycle = evalon.lifecycle.withNetwork(IDEAL_NETWORK);
  const proxy = createProxyClient(publicUrl);
  const findSession = ({ email }: Invitee, { project_id }: Job) => repository.getByCandidate(email, project_id);

  async function waitUntil(isStored: () => Promise<boolean>): Promise<void> {
    for (let waitedMs = 0; waitedMs < STORED_TIMEOUT_MS; waitedMs += POLL_MS) {
      if (await isStored()) return;
      await wait(POLL_MS);
    }
    log('sandbox: the proxy has not stored an action of the demo yet');
  }

  async function getStatus(candidate: Invitee, job: Job) {
    const session = findSession(candidate, job);
    return session && proxy.getStatus(RECRUITER, session.session_uuid);
  }

  async function advance(candidate: Invitee, job: Job, target: SessionTarget): Promise<void> {
    const session = findSession(candidate, job);
    if (!session || isClosed(session)) return;
    advanceSession(lifecycle, session, target);
    const expectedRank = STATUS_RANK[typeof target === 'string' ? target : 'completed'];
    await waitUntil(async () => {
      const status = await getStatus(candidate, job);
      return status !== undefined && STATUS_RANK[status] >= expectedRank;
    });
  }

  return {
    async run(candidate: Invitee, job: Job, action: Action): Promise<void> {
      if (action.kind === 'candidate') return advance(candidate, job, action.target);
      if (action.kind === 'invited') {
        await proxy.invite(action.by, candidate, job);
        return webhookSender.whenIdle();
      }
      const { session_uuid = '' } = findSession(candidate, job) ?? {};
      if (action.kind === 'result_read') return proxy.readScorecard(action.by, session_uuid);
      return proxy.recordHandover(action.by, session_uuid, { kind: action.handoverKind, channel: action.channel });
    },

    /** Returns before the candidates are invited. */
    startCohort: (by: DemoRecruiter, candidates: readonly Invitee[], job: Job) =>
      proxy.inviteCohort(by, candidates, job),

    /** Waits until all candidates are invited. */
    async inviteCohort(by: DemoRecruiter, candidates: readonly Invitee[], job: Job): Promise<void> {
      await proxy.inviteCohort(by, candidates, job);
      for (const candidate of candidates) {
        await waitUntil(async () => (await getStatus(candidate, job)) !== undefined);
      }
      await webhookSender.whenIdle();
    },
  };
}
