/** The results of a project with 10,000 sessions: sorted, filtered, searched, paged, exported, compared, live. */
import { readFileSync } from 'node:fs';
import { createRecruiterClient, type RecruiterClient } from '../support/api-client.ts';
import { findAxeViolations } from '../support/axe.ts';
import { webhookUrl } from '../support/proxy.ts';
import { RESULTS_PROJECT, startResultsStack } from '../support/results-stack.ts';
import { createFileCleanup, expect, inShortRunIf, type Page, test } from './fixtures.ts';

const SESSION_COUNT = 10_000;
const OPEN_SESSION_COUNT = 3_000;
const PAGE_ROWS = 50;
/** How many sessions the widget requests at once for an export. */
const EXPORT_PAGE_ROWS = 200;

interface ListedSession {
  session_uuid: string;
  candidate_name: string;
  candidate_email: string;
  score_summary?: { overall: number };
}

let stack: Awaited<ReturnType<typeof startResultsStack>>;
let recruiter: RecruiterClient;

test.describe.configure({ mode: 'serial' });
const cleanup = createFileCleanup();
test.beforeAll(async () => {
  stack = await startResultsStack(SESSION_COUNT, OPEN_SESSION_COUNT);
  cleanup.after(() => stack.close());
  recruiter = await createRecruiterClient(stack.proxy.url);
});

const findNames = (page: Page) => page.locator('evalon-results [part=candidate]');

/** Reads all matching sessions through the API. */
async function listSessions(filter: object, sort = '-updated_at'): Promise<ListedSession[]> {
  const all: ListedSession[] = [];
  for (let after: string | undefined; ; ) {
    const { body } = await recruiter.list({ project_id: RESULTS_PROJECT, ...filter }, { sort, limit: 200, after });
    all.push(...body.sessions);
    if (!body.next) return all;
    after = body.next;
  }
}

async function expectRows(page: Page, sessions: readonly ListedSession[]): Promise<void> {
  const expected = sessions.slice(0, PAGE_ROWS).map(({ candidate_name }) => candidate_name);
  await expect(findNames(page)).toHaveText(expected);
}

async function exportCsv(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download all as CSV' }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

function listEmails(csv: string): (string | undefined)[] {
  const [, ...lines] = csv.trim().split('\r\n');
  return lines.map((line) => line.split(',')[1]);
}

/** Reports the status “opened”. Resolves once the proxy has stored it. */
async function reportOpened(session_uuid: string): Promise<void> {
  const body = JSON.stringify({ event: 'session.opened', session_uuid });
  const { status } = await fetch(webhookUrl(stack.proxy.url), { method: 'POST', body });
  expect(status).toBe(202);
  const read = async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status;
  await expect.poll(read).toBe('opened');
}

/** Runs `change` before the export requests its second page. */
async function runBeforeSecondPage(page: Page, change: () => Promise<unknown>): Promise<void> {
  let isChanged = false;
  await page.route('**/v1/sessions/query', async (route) => {
    const { limit, after } = route.request().postDataJSON();
    if (limit === EXPORT_PAGE_ROWS && after && !isChanged) {
      isChanged = true;
      await change();
    }
    await route.continue();
  });
}

test.describe('the results of 10,000 sessions', () => {
  test('are sorted, filtered, searched and paged by the proxy', async ({ page }) => {
    await page.goto(stack.ats.url);
    const newest = await listSessions({});
    expect(newest.length).toBe(SESSION_COUNT);
    await expectRows(page, newest);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect(findNames(page)).toHaveText(
      newest.slice(0, 2 * PAGE_ROWS).map(({ candidate_name }) => candidate_name),
    );

    await page.getByLabel('Sort by').selectOption('Overall score');
    const scored = await listSessions({}, '-overall');
    await expectRows(page, scored);
    expect(
      scored.every(
        (session, n) => !n || (scored[n - 1]?.score_summary?.overall ?? 0) >= (session.score_summary?.overall ?? 0),
      ),
    ).toBe(true);
    await page.getByLabel('Sort by').selectOption('Last change, oldest first');
    await expectRows(page, await listSessions({}, 'updated_at'));

    await page.getByLabel('Status').selectOption('Expired');
    const expired = await listSessions({ status: 'expired' }, 'updated_at');
    expect(expired.length).toBeGreaterThan(PAGE_ROWS);
    await expectRows(page, expired);
    await page.getByLabel('Search by name or email').fill('777');
    const found = await listSessions({ status: 'expired', q: '777' }, 'updated_at');
    expect(found.every(({ candidate_name }) => candidate_name.startsWith('Candidate 777'))).toBe(true);
    await expectRows(page, found);
    await page.getByLabel('Search by name or email').fill('unknown-name');
    await expect(page.getByText('No results match.')).toBeVisible();
  });

  test('are exported completely, without links', async ({ page }) => {
    await page.goto(stack.ats.url);
    await page.getByLabel('Status').selectOption('Completed');
    await page.getByLabel('Search by name or email').fill('cand');
    const completed = await listSessions({ status: 'completed', q: 'cand' });
    await expectRows(page, completed);
    const csv = await exportCsv(page);
    expect(listEmails(csv)).toEqual(completed.map(({ candidate_email }) => candidate_email));
    expect(csv).not.toMatch(/https?:/);
  });

  for (const [index, sort] of ['Last change, newest first', 'Last change, oldest first'].entries()) {
    const title = `are each exported exactly once, although some change during the export: ${sort}`;
    test(title, inShortRunIf(index === 0), async ({ page }) => {
      await page.goto(stack.ats.url);
      await page.getByLabel('Sort by').selectOption(sort);
      await page.getByLabel('Search by name or email').fill('8');
      const all = await listSessions({ q: '8' });
      const open = await listSessions({ status: 'invited', q: '8' });
      expect(open.length).toBeGreaterThan(400);
      await expect(findNames(page).first()).toHaveText(/^Candidate 8/);
      const changing = [...open.slice(0, 3), ...open.slice(-3)];
      await runBeforeSecondPage(page, () =>
        Promise.all(changing.map(({ session_uuid }) => reportOpened(session_uuid))),
      );
      const exported = listEmails(await exportCsv(page));
      expect(exported.sort()).toEqual(all.map(({ candidate_email }) => candidate_email).sort());
    });
  }

  test('change in place, and new rows wait until the recruiter asks for them', async ({ page }) => {
    const [, secondInvited] = await listSessions({ status: 'invited' });
    await page.goto(stack.ats.url);
    await expect(findNames(page)).toHaveCount(PAGE_ROWS);
    const namesBefore = await findNames(page).allTextContents();
    const { session_uuid, candidate_name } = secondInvited as ListedSession;
    const row = page.getByRole('row').filter({ hasText: candidate_name });
    // The row may be on a later page of the table.
    const isShown = namesBefore.includes(candidate_name);
    await reportOpened(session_uuid);
    const showUpdate = page.getByRole('button', { name: 'Show 1 update' });
    await expect(showUpdate).toBeVisible();
    expect(await findNames(page).allTextContents()).toEqual(namesBefore);
    if (isShown) await expect(row.first()).toContainText('Opened');
    await showUpdate.click();
    await expect(findNames(page).first()).toHaveText(candidate_name);
  });

  test('are compared without a rank, and used with the keyboard alone, accessibly', async ({ page }) => {
    // Otherwise axe would measure the colors during a transition.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(stack.ats.url);
    await page.getByLabel('Status').selectOption('Completed');
    const [first, second] = await listSessions({ status: 'completed' });
    for (const session of [first, second]) {
      await page.getByRole('checkbox', { name: `Compare ${session?.candidate_name}`, exact: true }).press('Space');
    }
    await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
    const comparison = page.getByRole('region', { name: 'Side by side' });
    await expect(comparison.getByRole('heading', { name: 'Side by side' })).toBeFocused();
    await expect(comparison.getByRole('columnheader')).toHaveCount(2);
    await expect(comparison).not.toContainText(/rank|best|winner|recommend/i);
    expect(await findAxeViolations(page, 'evalon-results')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Compare', exact: true })).toBeFocused();

    const name = page.getByRole('button', { name: String(first?.candidate_name), exact: true });
    await name.press('Enter');
    await expect(name).toHaveAttribute('aria-expanded', 'true');
    await expect(page.getByText('Plans with care and writes clearly.')).toBeVisible();
    expect(await findAxeViolations(page, 'evalon-results')).toEqual([]);
    await name.press('Enter');
    await expect(page.getByText('Plans with care and writes clearly.')).toBeHidden();
  });
});
