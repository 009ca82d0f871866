/**
 * Sessions in several states for a first look: each is invited through the proxy like any other, then lived through by the
 * simulated candidate, with real webhooks. Done once; everything can be repeated if it was cut off.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Assessment } from '../contract/client-config.ts';
import * as ROUTES from '../contract/routes.ts';
import { PEOPLE } from './demo/people/people.ts';
import type { Person } from './demo/people/person.ts';
import { advanceSession, type SessionTarget } from './evalon/auto-complete.ts';
import { IDEAL_NETWORK } from './evalon/network-conditions.ts';
import { isClosed } from './evalon/session-lifecycle.ts';
import type { SimulatedEvalon } from './evalon/simulated.ts';

/** How far each demo candidate has come; whoever is missing was not invited. */
const COURSE: Record<string, SessionTarget> = {
  'ben-sample': 'invited',
  'chloe-demo': 'opened',
  'eun-ji-demo': 'started',
  'farid-sample': 'scoring',
  'grace-demo': 'expired',
  'hana-sample': 'declined',
  'ines-demo': {
    optionRanks: [0, 0, 0, 0],
    writtenAnswer:
      'First where the visitors came from, because one campaign can bring people with another intent. Then the funnel, step by step, to see where they drop out.',
  },
  'kwame-demo': {
    optionRanks: [0, 0, 1, 0],
    writtenAnswer:
      'Thank you for the open talk. You said that your team loses days to rescheduling; I will send a plan on Friday.',
  },
  'jonas-sample': {
    optionRanks: [1, 0, 1, 1],
    writtenAnswer: 'I would compare the conversion with the month before and ask the shop team whether prices changed.',
  },
};

const DONE = 'seeded';
const WEBHOOKS_WITHIN_MS = 10_000;
const invitedSchema = z.object({ session_uuid: z.string() });

export interface SeedOptions {
  publicUrl: string;
  assessments: readonly Assessment[];
  evalon: SimulatedEvalon;
  log: (message: string, facts?: object) => void;
}

/** @throws when the proxy does not take an invitation. */
export async function seed({ publicUrl, assessments, evalon, log }: SeedOptions): Promise<void> {
  const { repository: register, webhookSender: courier } = evalon;
  if (register.hasMarker(DONE)) return;
  await Promise.all(
    PEOPLE.map(async (person) => {
      const course = COURSE[person.id];
      const isOffered = assessments.some(({ project_id }) => project_id === person.job.project_id);
      if (!course || !isOffered) return;
      const sitting = register.getByUuid(await invite(publicUrl, person));
      if (sitting && !isClosed(sitting)) advanceSession(evalon.lifecycle, sitting, course, IDEAL_NETWORK);
    }),
  );
  register.setMarker(DONE);
  const giveUp = new AbortController();
  const late = wait(WEBHOOKS_WITHIN_MS, 'late', { signal: giveUp.signal, ref: false }).catch(() => 'stopped');
  if ((await Promise.race([courier.whenIdle(), late])) === 'late')
    log('sandbox: the seed’s webhooks are still on their way');
  giveUp.abort();
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
    signal: AbortSignal.timeout(WEBHOOKS_WITHIN_MS),
  });
  if (!response.ok) throw new Error(`The proxy refused to invite ${name}: ${response.status} ${await response.text()}`);
  return invitedSchema.parse(await response.json()).session_uuid;
}
