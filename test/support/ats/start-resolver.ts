/** Looks up candidates in a fake ATS through a proxy. */
import type { TestContext } from 'node:test';
import { resolvedCandidateSchema } from '../../../proxy/contract/resolve.ts';
import { ADMIN_TOKEN } from '../admin-client.ts';
import type { RecruiterClient } from '../api-client.ts';
import { createTestClock } from '../fake-clock.ts';
import { startStack } from '../start-stack.ts';

export const RESOLVE_PATH = '/v1/candidates/resolve';
/** The candidates' ids in the fake ATS. */
export const [ANNA, BEN, CARL] = [
  '5b591aed-88e3-4395-b9c6-7d529f93354a',
  'f9e52a51-a075-4116-a7b8-484deba69004',
  '2c6991c5-c9e2-4af8-879e-29c5a9d26509',
];
export const [FIRST_APPLICATION, SECOND_APPLICATION] = [
  '3ae2b801-19f6-41ef-ad28-214bd731948f',
  '6ee2b801-19f6-41ef-ad28-214bd731948f',
];

export const MARKETING = {
  project_id: 'proj_marketing',
  assessment_type: 'marketing',
  label: 'Marketing',
  jobs: ['11', 'job-marketing'],
};
export const SALES = { project_id: 'proj_sales', assessment_type: 'sales', label: 'Sales', jobs: ['22', 'job-sales'] };
export const GENERAL = { project_id: 'proj_all', assessment_type: 'general', label: 'General' };
export const ASSESSMENTS = JSON.stringify([MARKETING, SALES, GENERAL]);

/** Starts a proxy that is connected to one fake ATS. */
export async function startResolver(
  test: TestContext,
  settings: Record<string, string>,
  clock = createTestClock({ startMs: Date.now() }),
) {
  const stack = await startStack(test, { settings: { ASSESSMENTS, ADMIN_TOKEN, ...settings }, clock });
  return { ...stack, clock, resolve: createResolver(stack.recruiter) };
}

/** Returns a function that looks up a candidate, and asserts that a found candidate has the documented fields. */
export function createResolver(recruiter: RecruiterClient) {
  return async (request: object) => {
    const { status, body, headers } = await recruiter.post(RESOLVE_PATH, request);
    if (status === 200) resolvedCandidateSchema.parse(body);
    return { status, body, retryAfter: headers.get('retry-after') };
  };
}

export const listLabels = (assessments: { label: string }[]) => assessments.map(({ label }) => label);
