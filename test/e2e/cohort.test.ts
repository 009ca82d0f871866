/** Bulk invites in a real browser: a CSV file, a correction, a reload, a restart of the proxy, and the outcome. */
import { readFileSync } from 'node:fs';
import { MAX_CHARS } from '../../widget/elements/evalon-cohort/parse-candidates.ts';
import { createAdminClient } from '../support/admin-client.ts';
import { createRecruiterClient } from '../support/api-client.ts';
import { findAxeViolations } from '../support/axe.ts';
import { startProxyProcess } from '../support/proxy.ts';
import { expect, inShortAndFullRun, type Page, test } from './fixtures.ts';
import { startE2eStack, startE2eStackWithProcess } from './stack.ts';

const COHORT_HTML = '<evalon-cohort project-id="proj_abc123" assessment-type="marketing"></evalon-cohort>';

/** Build rows with an invalid email, no name, the email of the first row, and an incomplete email. */
const FAULTY_ROW_BUILDERS = [
  (n: number) => `Person ${n},not an email`,
  (n: number) => `,p${n}@example.com`,
  () => 'Person 0,p0@example.com',
  (n: number) => `Person ${n},p${n}@`,
];

function buildCsv(rowCount: number, faultyCount: number): string {
  const lines = Array.from({ length: rowCount }, (_, n) => {
    const buildFaultyRow =
      n >= rowCount - faultyCount ? FAULTY_ROW_BUILDERS[n % FAULTY_ROW_BUILDERS.length] : undefined;
    return buildFaultyRow ? buildFaultyRow(n) : `Person ${n},p${n}@example.com`;
  });
  return ['Name,Email', ...lines].join('\n');
}

async function chooseCsv(page: Page, text: string): Promise<void> {
  const file = { name: 'candidates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await page.getByLabel('Choose a CSV file').setInputFiles(file);
}

async function inviteTwoCandidates(page: Page): Promise<void> {
  await page.getByLabel('Paste candidates').fill('Jane Doe <jane@example.com>\nBen Sample <ben@example.com>');
  await page.getByRole('button', { name: 'Review list' }).click();
  await page.getByRole('button', { name: 'Invite 2 candidates' }).click();
  await expect(page.getByRole('region').getByText('2 candidates invited.')).toBeVisible();
}

test.describe('a cohort', () => {
  for (const [{ rowCount, faultyCount, ratePerMinute, batchPath }, testOptions] of inShortAndFullRun(
    // Without the batch path, the proxy sends single invites.
    { rowCount: 60, faultyCount: 8, ratePerMinute: '600', batchPath: 'off' },
    { rowCount: 2_000, faultyCount: 40, ratePerMinute: '12', batchPath: undefined },
  )) {
    test(
      `of ${rowCount} rows with ${faultyCount} faulty ones survives a reload and a restart, and has one outcome per row`,
      testOptions,
      async ({ page, cleanup }) => {
        test.setTimeout(1_200_000);
        const stack = await startE2eStackWithProcess(cleanup, {
          EVALON_RATE_PER_MINUTE: ratePerMinute,
          EVALON_BATCH_PATH: batchPath,
        });
        const { ats, settings } = stack;
        ats.body = COHORT_HTML;
        await page.goto(ats.url);
        await chooseCsv(page, buildCsv(rowCount, faultyCount));
        const inviteCount = rowCount - faultyCount;
        // The first fault changes no field, so Evalon accepts half of the invites. Then Evalon does not respond until
        // `clearFaults`, so the batch still runs after the reload.
        stack.evalon.injectFault('create', { fault: 'change', fields: {} }, { times: inviteCount / 2 });
        stack.evalon.injectFault('create', { fault: 'hang' });
        await expect(page.getByRole('button', { name: `Needs correction ${faultyCount}` })).toBeVisible();
        await page.getByRole('button', { name: `Invite ${inviteCount.toLocaleString('en')} candidates` }).click();
        await expect(page.getByRole('progressbar')).toBeVisible();

        await page.reload();
        await expect(page.getByText(`of ${inviteCount.toLocaleString('en')} processed`)).toBeVisible();
        await stack.proxy.kill('SIGKILL');
        stack.evalon.clearFaults();
        stack.proxy = await startProxyProcess(settings);
        await expect(
          page.getByRole('region').getByText(`${inviteCount.toLocaleString('en')} candidates invited.`),
        ).toBeVisible({
          timeout: 1_000_000,
        });

        const download = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Download CSV' }).click();
        const lines = readFileSync(await (await download).path(), 'utf8')
          .trim()
          .split('\r\n')
          .slice(1);
        expect(lines.length).toBe(inviteCount);
        expect(lines.filter((line) => /^Person \d+,p\d+@example\.com,Invited,,https?:/.test(line)).length).toBe(
          inviteCount,
        );
        const recruiter = await createRecruiterClient(stack.proxy.url);
        const { batches } = (await recruiter.get('/v1/batches')).body;
        expect(batches.length).toBe(1);
        expect(stack.evalon.sessionCount).toBe(inviteCount);
      },
    );
  }

  test('is accessible, and works with the keyboard alone, from pasting candidates to their outcome', async ({
    page,
    cleanup,
  }) => {
    const { ats } = await startE2eStackWithProcess(cleanup);
    ats.body = COHORT_HTML;
    await page.goto(ats.url);
    const text = page.getByLabel('Paste candidates');
    await text.fill('Jane Doe <jane@example.com>\nBen Sample <ben@>');
    await text.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Review the list' })).toBeFocused();
    expect(await findAxeViolations(page, 'evalon-cohort')).toEqual([]);

    const edit = page.getByRole('button', { name: 'Edit Ben Sample' });
    await edit.focus();
    await page.keyboard.press('Enter');
    const email = page.getByRole('textbox', { name: 'Email' });
    await expect(email).toHaveAccessibleDescription("This isn't a valid email address.");
    await email.fill('ben@example.com');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Invite 2 candidates' })).toBeVisible();
    await page.getByRole('button', { name: 'Invite 2 candidates' }).press('Enter');
    await expect(page.getByRole('region').getByText('2 candidates invited.')).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'ben@example.com' })).toContainText('Invited');
    expect(await findAxeViolations(page, 'evalon-cohort')).toEqual([]);
  });

  test('can be left while it runs, and lists only the batches of its own assessment', async ({ page, cleanup }) => {
    const { ats, evalon, proxy } = await startE2eStackWithProcess(cleanup, { EVALON_BATCH_PATH: 'off' });
    evalon.injectFault('create', { fault: 'hang' });
    const recruiter = await createRecruiterClient(proxy.url);
    for (const assessment_type of ['marketing', 'sales']) {
      const candidates = [{ candidate_email: `${assessment_type}@example.com`, candidate_name: 'Jane Doe' }];
      await recruiter.post('/v1/batches', { project_id: 'proj_abc123', assessment_type, candidates });
    }
    ats.body = COHORT_HTML;
    await page.goto(ats.url);
    await expect(page.getByText('0 of 1 processed')).toBeVisible();
    await page.getByRole('button', { name: 'Invite more candidates' }).click();
    await expect(page.getByLabel('Paste candidates')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Open the invites/ })).toHaveCount(1);
    await page.getByRole('button', { name: /^Open the invites/ }).click();
    await expect(page.getByRole('row').filter({ hasText: 'marketing@example.com' })).toBeVisible();
  });

  test('is sent only once if the response is lost and the recruiter tries again', async ({ page, cleanup }) => {
    const { ats, proxy } = await startE2eStackWithProcess(cleanup);
    ats.body = COHORT_HTML;
    let inviteRequestCount = 0;
    await page.route('**/v1/batches', async (route) => {
      const isInvite = route.request().method() === 'POST' && !route.request().postDataJSON().dry_run;
      // Only the response to the first invite is lost.
      if (!isInvite || inviteRequestCount++) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.goto(ats.url);
    await page.getByLabel('Paste candidates').fill('Jane Doe <jane@example.com>');
    await page.getByRole('button', { name: 'Review list' }).click();
    const invite = page.getByRole('button', { name: 'Invite 1 candidate' });
    await invite.click();
    await expect(page.getByText("Can't reach the assessment server")).toBeVisible();
    await invite.click();
    await expect(page.getByRole('region').getByText('1 candidate invited.')).toBeVisible();
    const recruiter = await createRecruiterClient(proxy.url);
    expect((await recruiter.get('/v1/batches')).body.batches.length).toBe(1);
  });

  test('accepts the page’s candidates, even if the page sets them before the element is defined', async ({
    page,
    cleanup,
  }) => {
    const { ats } = await startE2eStackWithProcess(cleanup);
    ats.body = COHORT_HTML;
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => {
        const candidates = [{ candidate_email: 'jane@example.com', candidate_name: 'Jane Doe' }];
        Object.assign(document.querySelector('evalon-cohort') as Element, { candidates });
      });
    });
    await page.goto(ats.url);
    await expect(page.getByRole('row').filter({ hasText: 'jane@example.com' })).toContainText('New');
    await page.evaluate(() => {
      const candidates = [{ candidate_email: '<b>x</b>', candidate_name: '<img src=x>' }, null, 7];
      Object.assign(document.querySelector('evalon-cohort') as Element, { candidates });
    });
    await expect(page.getByText('<img src=x>')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Needs correction 3' })).toBeVisible();
  });

  test('shows that a file is too large', async ({ page, cleanup }) => {
    const { ats } = await startE2eStack(cleanup);
    ats.body = COHORT_HTML;
    await page.goto(ats.url);
    await chooseCsv(page, 'x'.repeat(2 * MAX_CHARS + 1));
    await expect(page.getByText('This file is too large.')).toBeVisible();
  });

  test('that has finished removes an erased candidate at once', async ({ page, cleanup }) => {
    const { ats, proxy } = await startE2eStack(cleanup);
    ats.body = COHORT_HTML;
    await page.goto(ats.url);
    await inviteTwoCandidates(page);
    const erase = (candidate_email: string) => createAdminClient(proxy.url).post('/admin/erase', { candidate_email });
    expect((await erase('jane@example.com')).status).toBe(200);
    await expect(page.getByText('jane@example.com')).toHaveCount(0);
    await expect(page.getByText('ben@example.com')).toBeVisible();
    expect((await erase('ben@example.com')).status).toBe(200);
    await expect(page.getByText('ben@example.com')).toHaveCount(0);
  });

  test('disappears when the page’s token belongs to another recruiter', async ({ page, cleanup }) => {
    const { ats } = await startE2eStack(cleanup);
    const now = Math.floor(Date.now() / 1_000);
    ats.body = COHORT_HTML;
    // The widget renews a token 60 s before the token expires, so it renews this token after 25 s.
    ats.claims = { sub: 'alex', exp: now + 85 };
    await page.clock.install({ time: now * 1_000 });
    await page.goto(ats.url);
    await inviteTwoCandidates(page);
    ats.claims = { sub: 'blake' };
    await page.clock.fastForward(31_000);
    await expect(page.getByLabel('Paste candidates')).toBeVisible();
    await expect(page.getByText('@example.com', { exact: false })).toHaveCount(0);
  });
});
