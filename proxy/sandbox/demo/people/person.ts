/** Demo candidates. All are invented, and their names and email addresses show it. */
export const STAGES = ['Applied', 'Screening', 'Assessment', 'Interview', 'Offer'] as const;

export interface Job {
  readonly id: string;
  readonly title: string;
  readonly project_id: string;
  readonly assessment_type: string;
}

export interface Person {
  /** The last part of the profile URL. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly job: Job;
  readonly stage: (typeof STAGES)[number];
  readonly appliedDaysAgo: number;
  readonly location: string;
  readonly source: string;
  readonly headline: string;
  readonly summary: string;
  readonly experience: readonly { readonly role: string; readonly place: string; readonly years: string }[];
  readonly education: string;
  readonly skills: readonly string[];
  readonly notes: readonly { readonly by: string; readonly daysAgo: number; readonly text: string }[];
}

export const MARKETING_JOB: Job = {
  id: 'growth-marketing',
  title: 'Growth Marketing Manager',
  project_id: 'proj_demo_marketing',
  assessment_type: 'marketing',
};

export const SALES_JOB: Job = {
  id: 'account-executive',
  title: 'Account Executive',
  project_id: 'proj_demo_sales',
  assessment_type: 'sales',
};

/** Its candidates come from a campus fair. The demo ATS has no profiles of them. */
export const GRADUATE_JOB: Job = {
  id: 'graduate-program',
  title: 'Graduate Program',
  project_id: 'proj_demo_graduates',
  assessment_type: 'graduate',
};

export const JOBS: readonly Job[] = [MARKETING_JOB, SALES_JOB, GRADUATE_JOB];
