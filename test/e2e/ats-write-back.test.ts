/** The proxy writes invites and outcomes into the ATS, for recruiters without the widget and the extension. */
import { PEOPLE } from '../../proxy/sandbox/demo/people/people.ts';
import { MARKETING_JOB, type Person } from '../../proxy/sandbox/demo/people/person.ts';
import { RECRUITER } from '../../proxy/sandbox/demo/recruiters.ts';
import { buildCandidatePath, MOCK_ATS_LIST, type MockAts } from '../../proxy/sandbox/mock-ats/mock-ats-list.ts';
import type { RunningProxy } from '../../proxy/server.ts';
import { APPLICATION_IDS } from '../support/ats/simulated.ts';
import { startSandbox } from '../support/proxy.ts';
import { createFileCleanup, expect, type Page, test } from './fixtures.ts';

const { project_id, assessment_type } = MARKETING_JOB;
/** The indexes in PEOPLE of the applicants for the marketing job. */
const APPLICANT_INDEXES = PEOPLE.flatMap(({ job }, index) => (job === MARKETING_JOB ? [index] : []));

const cleanup = createFileCleanup();
let sandbox: RunningProxy;

test.beforeAll(async () => {
  sandbox = await startSandbox();
  cleanup.after(() => sandbox.close());
});

function getPerson(personIndex: number): Person {
  const person = PEOPLE[personIndex];
  if (!person) throw new Error('the demo has too few people with this job');
  return person;
}

/** Invites a person through the API. Returns the candidate's link. */
async function invite({ name: ats }: MockAts, personIndex: number): Promise<string> {
  const { name, email } = getPerson(personIndex);
  const response = await fetch(`${sandbox.url}/v1/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${RECRUITER.sub}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      project_id,
      assessment_type,
      candidate_name: name,
      candidate_email: email,
      ats,
      application_id: APPLICATION_IDS[ats](personIndex),
    }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { candidate_url: string }).candidate_url;
}

/** Opens the candidate's page in the ATS. Returns its activity entries, newest first. */
async function openActivity(page: Page, mockAts: MockAts, personIndex: number) {
  await page.goto(sandbox.url + buildCandidatePath(mockAts, personIndex));
  await expect(page.getByRole('heading', { name: getPerson(personIndex).name })).toBeVisible();
  return page.locator('[data-part=activity] .text');
}

// Evalon has one session per person and project, so each ATS has its own two people.
for (const [position, mockAts] of MOCK_ATS_LIST.entries()) {
  const [finisherIndex = -1, declinerIndex = -1] = APPLICANT_INDEXES.slice(position * 2, position * 2 + 2);
  const [notInvitedIndex = -1] = APPLICANT_INDEXES.slice(MOCK_ATS_LIST.length * 2);

  test(`${mockAts.label} shows each invited candidate and the outcome`, { tag: '@release' }, async ({ page }) => {
    await invite(mockAts, finisherIndex);
    const link = await invite(mockAts, declinerIndex);
    const invited = /^Evalon: invited to Marketing on \d{4}-\d\d-\d\d\./;

    let activity = await openActivity(page, mockAts, finisherIndex);
    await expect(activity).toHaveText([invited]);
    await page.request.post(`${sandbox.url}/candidates/${getPerson(finisherIndex).id}/finish`);
    const completed = /^Evalon: Marketing completed on \d{4}-\d\d-\d\d\. Overall score: \d+ \/ 100\s+\S.*: \d+/;
    await expect(activity).toHaveText([completed, invited]);

    const candidatePage = await page.context().newPage();
    await candidatePage.goto(link);
    await candidatePage.getByRole('button', { name: 'Decline' }).click();
    await expect(candidatePage.getByRole('button', { name: 'Decline' })).toHaveCount(0);
    await candidatePage.close();
    activity = await openActivity(page, mockAts, declinerIndex);
    await expect(activity).toHaveText([
      /^Evalon: Marketing ended on \d{4}-\d\d-\d\d without a result \(declined\)\./,
      invited,
    ]);

    activity = await openActivity(page, mockAts, notInvitedIndex);
    await expect(activity).toHaveCount(0);
    await expect(page.getByText('Nothing was written into this ATS yet.')).toBeVisible();
  });
}
