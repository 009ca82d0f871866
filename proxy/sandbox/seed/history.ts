/** What recruiters and candidates did in the demo before the first visit. */
import type { Handover } from '../../contract/session.ts';
import { COLLEAGUE, type DemoRecruiter, RECRUITER } from '../demo/recruiters.ts';
import type { AnswerPlan, SessionTarget } from '../evalon/advance-session.ts';
import type { Invitee } from './proxy-client.ts';

/** A time such as `14:05` on an earlier day, or a number of minutes ago. */
export type StepTime =
  | { readonly daysAgo: number; readonly time: string; readonly plusMinutes?: number }
  | { readonly minutesAgo: number };

export type Action =
  | { readonly kind: 'invited'; readonly by: DemoRecruiter }
  | { readonly kind: 'result_read'; readonly by: DemoRecruiter }
  | {
      readonly kind: 'handover';
      readonly by: DemoRecruiter;
      readonly handoverKind: Handover['kind'];
      readonly channel: Handover['channel'];
    }
  | { readonly kind: 'candidate'; readonly target: SessionTarget };

export interface Step {
  readonly at: StepTime;
  readonly action: Action;
}

const onDay = (daysAgo: number, time: string): StepTime => ({ daysAgo, time });

const invite = (daysAgo: number, time: string, by: DemoRecruiter): Step => ({
  at: onDay(daysAgo, time),
  action: { kind: 'invited', by },
});

const handOver = (daysAgo: number, time: string, by: DemoRecruiter, channel: Handover['channel']): Step => ({
  at: onDay(daysAgo, time),
  action: { kind: 'handover', handoverKind: 'invite', by, channel },
});

const remind = (daysAgo: number, time: string, by: DemoRecruiter, channel: Handover['channel']): Step => ({
  at: onDay(daysAgo, time),
  action: { kind: 'handover', handoverKind: 'reminder', by, channel },
});

const readResult = (daysAgo: number, time: string, by: DemoRecruiter): Step => ({
  at: onDay(daysAgo, time),
  action: { kind: 'result_read', by },
});

const reach = (at: StepTime, target: SessionTarget): Step => ({ at, action: { kind: 'candidate', target } });

/** The candidate starts, and submits after the plan's minutes. */
const takeAssessment = (daysAgo: number, time: string, plan: AnswerPlan): Step[] => [
  reach({ daysAgo, time }, 'started'),
  reach({ daysAgo, time, plusMinutes: plan.minutes }, plan),
];

/** Written answers. `full` and `medium` get high scores, `short` gets a low score. */
const MARKETING_TEXT = {
  full: 'First the source of the visitors, because one campaign can bring people with another intent. Then the funnel, step by step, to see where they drop out.',
  short: 'I would compare the conversion with the month before and ask the shop team whether prices changed.',
  medium:
    'I would split the traffic by channel and check whether the new visitors reach the cart at all, because a broad campaign often brings many who only look.',
};
const SALES_TEXT = {
  full: 'Thank you for the open talk. You said that your team loses days to rescheduling. I will send a plan on Friday.',
  short: 'It was good to meet you, please call me any time.',
  medium:
    'Thank you for your time today. I understood that the rollout in two countries is the goal, so let us meet again next week.',
};
const GRADUATE_TEXT =
  'I believed that longer reports help the team. Then a test with two groups showed that the short version was read twice as often, so we changed all of them.';

/** By the id of the demo candidate. A candidate without steps is not invited. */
export const STEPS_BY_CANDIDATE_ID: Readonly<Record<string, readonly Step[]>> = {
  'grace-demo': [
    invite(10, '09:40', RECRUITER),
    handOver(10, '09:41', RECRUITER, 'message'),
    reach(onDay(9, '19:12'), 'opened'),
    reach(onDay(2, '09:41'), 'expired'),
  ],
  'samir-demo': [
    invite(9, '10:15', COLLEAGUE),
    handOver(9, '10:16', COLLEAGUE, 'mail'),
    ...takeAssessment(8, '20:05', { optionRanks: [0, 0, 0, 1], writtenAnswer: SALES_TEXT.full, minutes: 21 }),
    readResult(7, '08:55', COLLEAGUE),
  ],
  'jonas-sample': [
    invite(9, '11:30', COLLEAGUE),
    handOver(9, '11:31', COLLEAGUE, 'link'),
    ...takeAssessment(7, '18:20', { optionRanks: [1, 0, 1, 1], writtenAnswer: MARKETING_TEXT.short, minutes: 17 }),
  ],
  'ben-sample': [
    invite(8, '10:05', RECRUITER),
    handOver(8, '10:07', RECRUITER, 'mail'),
    remind(2, '09:20', COLLEAGUE, 'message'),
  ],
  'pavel-sample': [
    invite(8, '14:00', RECRUITER),
    handOver(8, '14:02', RECRUITER, 'message'),
    ...takeAssessment(5, '12:10', { optionRanks: [0, 1, 0, 2], writtenAnswer: MARKETING_TEXT.short, minutes: 26 }),
  ],
  'hana-sample': [
    invite(8, '15:10', RECRUITER),
    handOver(8, '15:11', RECRUITER, 'message'),
    reach(onDay(7, '12:30'), 'opened'),
    reach(onDay(2, '16:45'), 'declined'),
  ],
  'chloe-demo': [
    invite(7, '09:50', RECRUITER),
    handOver(7, '09:52', RECRUITER, 'message'),
    reach(onDay(6, '21:15'), 'opened'),
  ],
  'tomas-sample': [
    invite(7, '13:20', RECRUITER),
    handOver(7, '13:21', RECRUITER, 'message'),
    ...takeAssessment(5, '16:40', { optionRanks: [2, 1, 1, 0], writtenAnswer: SALES_TEXT.short, minutes: 15 }),
  ],
  'ines-demo': [
    invite(7, '15:05', RECRUITER),
    handOver(7, '15:06', RECRUITER, 'message'),
    ...takeAssessment(5, '09:12', { optionRanks: [0, 0, 0, 0], writtenAnswer: MARKETING_TEXT.full, minutes: 23 }),
    readResult(5, '11:02', COLLEAGUE),
  ],
  'rosa-sample': [
    invite(6, '10:30', COLLEAGUE),
    handOver(6, '10:32', COLLEAGUE, 'message'),
    ...takeAssessment(4, '19:30', { optionRanks: [1, 0, 1, 0], writtenAnswer: SALES_TEXT.full, minutes: 19 }),
  ],
  'mira-demo': [
    invite(6, '11:00', COLLEAGUE),
    handOver(6, '11:01', COLLEAGUE, 'mail'),
    ...takeAssessment(4, '17:05', { optionRanks: [0, 0, 1, 0], writtenAnswer: MARKETING_TEXT.medium, minutes: 20 }),
  ],
  'kwame-demo': [
    invite(5, '09:30', RECRUITER),
    handOver(5, '09:31', RECRUITER, 'message'),
    ...takeAssessment(2, '10:20', { optionRanks: [0, 0, 1, 0], writtenAnswer: SALES_TEXT.full, minutes: 18 }),
  ],
  'quinn-demo': [
    invite(5, '09:40', RECRUITER),
    handOver(5, '09:41', RECRUITER, 'message'),
    ...takeAssessment(3, '18:50', { optionRanks: [0, 1, 1, 1], writtenAnswer: SALES_TEXT.medium, minutes: 24 }),
  ],
  'farid-sample': [
    invite(4, '10:45', RECRUITER),
    handOver(4, '10:46', RECRUITER, 'message'),
    reach(onDay(1, '07:50'), 'opened'),
    reach(onDay(1, '07:52'), 'started'),
    reach(onDay(1, '08:20'), 'scoring'),
  ],
  'noah-sample': [
    invite(4, '14:30', RECRUITER),
    handOver(4, '14:31', RECRUITER, 'message'),
    ...takeAssessment(2, '19:40', { optionRanks: [1, 0, 2, 0], writtenAnswer: MARKETING_TEXT.medium, minutes: 22 }),
  ],
  'olga-demo': [
    invite(3, '11:20', RECRUITER),
    handOver(3, '11:22', RECRUITER, 'message'),
    ...takeAssessment(1, '17:35', { optionRanks: [0, 2, 0, 0], writtenAnswer: MARKETING_TEXT.full, minutes: 25 }),
  ],
  'eun-ji-demo': [
    invite(3, '15:25', COLLEAGUE),
    handOver(3, '15:26', COLLEAGUE, 'link'),
    reach(onDay(1, '20:10'), 'opened'),
    reach({ minutesAgo: 25 }, 'started'),
  ],
};

interface CohortCandidate extends Invitee {
  readonly steps: readonly Step[];
}

const createGraduate = (firstName: string, ...steps: Step[]): CohortCandidate => ({
  name: `${firstName} Demo`,
  email: `${firstName.toLowerCase()}.graduate@example.com`,
  steps,
});
const createPlan = (optionRanks: readonly number[], minutes: number): AnswerPlan => ({
  optionRanks,
  writtenAnswer: GRADUATE_TEXT,
  minutes,
});

/** A cohort that a recruiter invited days ago. Half of the candidates have completed the assessment. */
export const EARLIER_COHORT = {
  at: onDay(8, '16:00'),
  by: RECRUITER,
  candidates: [
    createGraduate('Alba', ...takeAssessment(7, '17:00', createPlan([0, 0, 0], 16))),
    createGraduate('Bruno', ...takeAssessment(6, '18:10', createPlan([0, 2, 1], 12))),
    createGraduate('Carla', ...takeAssessment(6, '19:25', createPlan([0, 0, 1], 19))),
    createGraduate('Deniz', ...takeAssessment(4, '12:40', createPlan([1, 1, 1], 11))),
    createGraduate('Elif', ...takeAssessment(3, '16:15', createPlan([0, 1, 0], 18))),
    createGraduate('Finn', ...takeAssessment(1, '18:30', createPlan([2, 1, 2], 9))),
    createGraduate('Gita', reach(onDay(2, '13:05'), 'opened'), reach({ minutesAgo: 12 }, 'started')),
    createGraduate('Henri', reach(onDay(6, '20:40'), 'opened')),
    createGraduate('Ilse', reach(onDay(1, '12:20'), 'declined')),
    createGraduate('Jaro'),
    createGraduate('Kaia'),
    createGraduate('Luis'),
  ],
};

const RUNNING_COHORT_SIZE = 120;

/** A cohort whose invites are slow, so that they are still in progress at the first visit. */
export const RUNNING_COHORT = {
  by: RECRUITER,
  candidates: Array.from({ length: RUNNING_COHORT_SIZE }, (_, index) => ({
    name: `Demo Graduate ${index + 1}`,
    email: `graduate-${index + 1}@example.com`,
  })),
};
