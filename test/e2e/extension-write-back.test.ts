/** After an invite in the extension, the proxy saves the candidate's link and the session's status in the ATS. */
import { PEOPLE } from '../../proxy/sandbox/demo/people/people.ts';
import { MARKETING_JOB } from '../../proxy/sandbox/demo/people/person.ts';
import { buildCandidatePath, MOCK_ATS_LIST } from '../../proxy/sandbox/mock-ats/mock-ats-list.ts';
import type { RunningProxy } from '../../proxy/server.ts';
import { buildUnpackedExtension, type ExtensionBrowser, launchWithExtension } from '../support/extension.ts';
import { findChip, inviteButton, WAIT_OPTIONS, waitForInvite, waitForPanelText } from '../support/extension-panel.ts';
import { startSandbox } from '../support/proxy.ts';
import { createFileCleanup, expect, inShortRunIf, test } from './fixtures.ts';

const { project_id, assessment_type } = MARKETING_JOB;
const ASSESSMENTS = [{ project_id, assessment_type, label: 'Marketing' }];
/** The indexes in PEOPLE of the applicants for the marketing job. */
const APPLICANT_INDEXES = PEOPLE.flatMap(({ job }, index) => (job === MARKETING_JOB ? [index] : []));

const cleanup = createFileCleanup();
let sandbox: RunningProxy;
let browser: ExtensionBrowser;

test.beforeAll(async ({ launchOptions }) => {
  // Without a browser, every test is skipped.
  if (!launchOptions.executablePath) return;
  sandbox = await startSandbox(undefined, {
    INVITE_DELIVERY: 'ats',
    ASSESSMENTS: JSON.stringify(ASSESSMENTS),
  });
  cleanup.after(() => sandbox.close());
  const unpacked = await buildUnpackedExtension(sandbox.url);
  cleanup.after(unpacked.remove);
  browser = await launchWithExtension(launchOptions, unpacked);
  cleanup.after(() => browser.close());
});

// Evalon has one session per person and project, so each ATS has its own person.
for (const [position, mockAts] of MOCK_ATS_LIST.entries()) {
  const { name, label } = mockAts;
  const personIndex = APPLICANT_INDEXES[position] ?? PEOPLE.length;
  const person = PEOPLE[personIndex];
  if (!person) throw new Error('the demo has too few people with this job');

  test(
    `${label} stores the link, the invite and the result, and the panel shows that they are saved`,
    inShortRunIf(position === 0),
    async () => {
      const page = await browser.context.newPage();
      await page.goto(sandbox.url + buildCandidatePath(mockAts, personIndex));
      // The extension reads the page adapters of the sandbox after its start.
      await expect(async () => {
        await page.reload();
        await expect(findChip(page)).toHaveCount(1, { timeout: 3_000 });
      }).toPass(WAIT_OPTIONS);
      const panel = await browser.openPanel(page);
      await waitForPanelText(panel, person.email);
      await waitForInvite(panel);
      await inviteButton(panel).click();
      await expect(panel.getByText(`Link saved in ${label}, `)).toBeVisible(WAIT_OPTIONS);
      await expect(panel.getByText(new RegExp(`^Status saved in ${label}, `))).toBeVisible(WAIT_OPTIONS);
      await expect(panel.getByText('Send the link yourself')).toHaveCount(0);

      const activity = page.locator('[data-part=activity]');
      await page.reload();
      await expect(activity).toContainText('Evalon: invited to Marketing');
      const texts = sandbox.context.sandbox?.atss.records.list(name, personIndex).map(({ value }) => value) ?? [];
      // Some ATSs store the link as JSON, in quotation marks.
      const link = texts.map((text) => text.replaceAll('"', '')).find((text) => /^https?:/.test(text)) ?? '';
      await expect(activity).toContainText(link);
      const candidatePage = await browser.context.newPage();
      await candidatePage.goto(link);
      await expect(candidatePage.getByText(person.name).first()).toBeVisible();
      await candidatePage.close();

      await page.request.post(`${sandbox.url}/candidates/${person.id}/finish`);
      await page.bringToFront();
      await expect(panel.getByText('Completed').first()).toBeVisible(WAIT_OPTIONS);
      await expect
        .poll(async () => {
          await page.reload();
          return activity.textContent();
        }, WAIT_OPTIONS)
        .toMatch(/Evalon: Marketing completed on [\d-]+\. Overall score: \d+/);
      await expect(panel.getByText(new RegExp(`^Status saved in ${label}, `))).toBeVisible(WAIT_OPTIONS);
      await page.close();
    },
  );
}
