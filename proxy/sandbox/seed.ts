/**
 * Sessions in several states for a first look: each is invited through the proxy like any other, then lived through by the
 * simulated candidate, with real webhooks. Done once; everything can be repeated if it was cut off.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Assessment } from '../contract/offer.ts';
import { ROUTES } from '../contract/routes.ts';
import { PEOPLE } from './demo/people/people.ts';
import type { Person } from './demo/people/person.ts';
import { PROMPT } from './evalon/fate.ts';
import { isOver } from './evalon/life.ts';
import { sectionsOf } from './evalon/questions/bank.ts';
import type { Question } from './evalon/questions/question.ts';
import type { Sitting } from './evalon/register.ts';
import type { SimulatedEvalon } from './evalon/simulated.ts';

/** How far each demo candidate has come; whoever is missing was not invited. Skill is the share of the best answers. */
const COURSE: Record<
  string,
  'invited' | 'opened' | 'started' | 'scoring' | 'expired' | 'declined' | { skill: number }
> = {
  'ben-sample': 'invited',
  'chloe-demo': 'opened',
  'eun-ji-demo': 'started',
  'farid-sample': 'scoring',
  'grace-demo': 'expired',
  'hana-sample': 'declined',
  'ines-demo': { skill: 1 },
  'kwame-demo': { skill: 0.8 },
  'jonas-sample': { skill: 0.4 },
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
  const { register, courier } = evalon;
  if (register.isMarked(DONE)) return;
  await Promise.all(
    PEOPLE.map(async (person) => {
      const course = COURSE[person.id];
      const isOffered = assessments.some(({ project_id }) => project_id === person.job.project_id);
      if (!course || !isOffered) return;
      const sitting = register.byUuid(await invite(publicUrl, person));
      if (sitting && !isOver(sitting)) live(evalon, sitting, course);
    }),
  );
  register.mark(DONE);
  const giveUp = new AbortController();
  const late = wait(WEBHOOKS_WITHIN_MS, 'late', { signal: giveUp.signal, ref: false }).catch(() => 'stopped');
  if ((await Promise.race([courier.idle(), late])) === 'late')
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

function live({ life }: SimulatedEvalon, sitting: Sitting, course: (typeof COURSE)[string]): void {
  if (course === 'invited') return;
  const opened = life.open(sitting, PROMPT);
  if (course === 'opened') return;
  if (course === 'expired' || course === 'declined') return void life.end(opened, course, PROMPT);
  let current = life.start(opened, PROMPT);
  if (course === 'started') return;
  if (course === 'scoring') return void life.review(current, PROMPT);
  for (const [index, { questions }] of sectionsOf(sitting.assessment_type).entries()) {
    const answers = Object.fromEntries(
      questions.map((question, at) => [question.id, reply(question, course.skill, at)]),
    );
    current = life.answer(current, answers, PROMPT, 95 + 40 * index);
  }
}

/** The best answer for the first questions, the middling one for the rest. */
function reply(question: Question, skill: number, position: number): string {
  if (question.kind === 'written') return WRITTEN.slice(0, Math.ceil(WRITTEN.length * skill)).join(' ');
  const ranked = question.options
    .map(({ points }, index) => ({ points, index }))
    .toSorted((a, b) => b.points - a.points);
  return String(ranked[position < 3 * skill ? 0 : 1]?.index);
}

const WRITTEN = [
  'First I would look at where the visitors came from, channel by channel, because one campaign may have brought people with another intent.',
  'Thank you for the open talk: you said that your team needs a clearer next step, so I will send a proposal by Friday.',
  'Then I would compare the funnel of new and returning visitors and the average order value, to see at which step they drop out.',
];
