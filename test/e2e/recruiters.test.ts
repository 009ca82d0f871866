import { createAdminClient } from '../support/admin-client.ts';
import { createRecruiterClient } from '../support/api-client.ts';
import { expect, type Page, test } from './fixtures.ts';
import { expectInvited, inviteButton } from './panel.ts';
import { findSessionId, startE2eStack } from './stack.ts';

/** Has no `project-id`, so that it shows the candidate in all projects of the recruiter. */
const PANEL_FOR_ALL_PROJECTS =
  '<evalon-assessments candidate-email="jane@example.com" candidate-name="Jane Smith"></evalon-assessments>';

/** Records the statuses in the page's events. Returns a function that reads them. */
async function recordStatuses(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const statuses: string[] = [];
    Object.assign(window, { statuses });
    addEventListener('evalon-status', (event) => {
      statuses.push((event as CustomEvent).detail.session.status);
    });
  });
  return () => page.evaluate(() => (window as unknown as { statuses: string[] }).statuses);
}

/** The lifetime of a token that the widget renews after 25 s, which is 60 s before the token expires. */
const SHORT_TOKEN_SECONDS = 85;
/** A few seconds later than this renewal. */
const RENEWED_MS = 31_000;

const secondsNow = () => Math.floor(Date.now() / 1_000);

test.describe('a recruiter', () => {
  test('gets each status exactly once during a token renewal: the new stream opens before the old one closes', async ({
    page,
    cleanup,
  }) => {
    const { evalon, ats } = await startE2eStack(cleanup);
    const readStatuses = await recordStatuses(page);
    const now = secondsNow();
    ats.claims = { exp: now + SHORT_TOKEN_SECONDS };
    await page.clock.install({ time: now * 1_000 });
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expectInvited(page);
    const sessionId = findSessionId(evalon);

    const streamAllowed = Promise.withResolvers<void>();
    const streamRequested = Promise.withResolvers<void>();
    const endedStreams: string[] = [];
    await page.route('**/v1/events', async (route) => {
      streamRequested.resolve();
      await streamAllowed.promise;
      await route.continue();
    });
    const recordEnd = (request: { url(): string }) => {
      if (request.url().endsWith('/v1/events')) endedStreams.push(request.url());
    };
    page.on('requestfailed', recordEnd);
    page.on('requestfinished', recordEnd);
    ats.claims = { exp: now + 600 };
    await page.clock.fastForward(RENEWED_MS);
    await streamRequested.promise;
    expect(ats.tokensMinted).toBe(2);
    await evalon.sendEvent(sessionId, 'session.opened');
    await expect(page.getByText('Opened').first()).toBeVisible();
    expect(endedStreams).toEqual([]);

    streamAllowed.resolve();
    await expect.poll(() => endedStreams.length).toBe(1);
    await evalon.sendEvent(sessionId, 'session.started');
    await expect(page.getByText('Started').first()).toBeVisible();
    expect(await readStatuses()).toEqual(['invited', 'opened', 'started']);
  });

  test('sees a page’s chips when the page has loaded, and a chip that is added later', async ({ page, cleanup }) => {
    const { ats } = await startE2eStack(cleanup);
    const chipFor = (name: string) =>
      `<p>${name} <evalon-status candidate-email="${name}@example.com" project-id="proj_abc123"></evalon-status></p>`;
    ats.body = chipFor('jane') + chipFor('tom');
    await page.goto(ats.url);
    await expect(page.getByText('Not invited')).toHaveCount(2);
    await page.evaluate(() => {
      const chip = document.createElement('evalon-status');
      chip.setAttribute('candidate-email', 'ada@example.com');
      chip.setAttribute('project-id', 'proj_abc123');
      document.body.append(chip);
    });
    await expect(page.getByText('Not invited')).toHaveCount(3);
  });

  test('sees the history once the notice above it has loaded or failed, so that nothing moves', async ({
    page,
    cleanup,
  }) => {
    const assessments = ['marketing', 'sales'].map((type) => ({
      project_id: 'proj_abc123',
      assessment_type: type,
      label: type,
    }));
    const { evalon, ats, proxy } = await startE2eStack(cleanup, { ASSESSMENTS: JSON.stringify(assessments) });
    const { session_uuid } = (await (await createRecruiterClient(proxy.url)).invite()).body;
    await evalon.completeSession(session_uuid);
    const noticesAllowed = Promise.withResolvers<void>();
    await page.route('**/session-notices-*.js', async (route) => {
      await noticesAllowed.promise;
      await route.continue();
    });
    const [history, notice] = [page.getByText('History'), page.getByText('Only one assessment per project.')];
    await page.goto(ats.url);
    await expect(page.getByText('Campaign planning')).toBeVisible();
    await expect(history).toBeHidden();
    noticesAllowed.resolve();
    await expect(notice).toBeVisible();
    await expect(history).toBeVisible();

    await page.unrouteAll();
    await page.route('**/session-notices-*.js', (route) => route.abort());
    await page.reload();
    await expect(history).toBeVisible();
    await expect(notice).toHaveCount(0);
  });

  test('sees an erased candidate’s result disappear', async ({ page, cleanup }) => {
    const { evalon, ats, proxy } = await startE2eStack(cleanup);
    const { session_uuid } = (await (await createRecruiterClient(proxy.url)).invite()).body;
    await evalon.completeSession(session_uuid);
    await page.goto(ats.url);
    await expect(page.getByText('Campaign planning').first()).toBeVisible();

    const { status } = await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'jane@example.com' });
    expect(status).toBe(200);
    await expect(page.getByText('Campaign planning')).toHaveCount(0);
    await expect(inviteButton(page)).toBeVisible();
  });

  test('sees a colleague’s handovers and reminders in another browser, in the panel and in its history', async ({
    browser,
    cleanup,
  }) => {
    const settings = { REMINDER_MESSAGE: 'A reminder for {first_name} from {recruiter}: {link}' };
    const { ats, proxy } = await startE2eStack(cleanup, settings);
    const openPage = async () => {
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      cleanup.after(() => context.close());
      const page = await context.newPage();
      await page.clock.setFixedTime(Date.now());
      await page.goto(ats.url);
      await expectInvited(page);
      return { page, panel: page.locator('evalon-assessments') };
    };
    const alexClaims = { sub: 'alex', name: 'Alex Miller' };
    await (await createRecruiterClient(proxy.url, alexClaims)).invite();

    ats.claims = alexClaims;
    const alex = await openPage();
    ats.claims = { sub: 'blake', name: 'Blake Jones' };
    const blake = await openPage();
    await blake.panel.getByText('History').click();
    await expect(blake.panel.getByText('Invited by Alex Miller')).toBeVisible();
    await expect(blake.panel.getByText("hasn't been emailed")).toBeVisible();

    await alex.panel.getByRole('button', { name: 'Copy link: Jane Smith' }).click();
    await expect(blake.panel.getByText(/^Link copied by Alex Miller, /)).toBeVisible();
    await expect(blake.panel.getByText('Link copied by Alex Miller', { exact: true })).toBeVisible();
    await expect(blake.panel.getByText("hasn't been emailed")).toHaveCount(0);
    expect(await alex.page.evaluate(() => navigator.clipboard.readText())).toContain('/take/');

    ats.claims = { sub: 'blake', name: 'Blake Jones' };
    await blake.page.clock.setFixedTime(Date.now() + 6 * 24 * 60 * 60_000);
    await blake.page.reload();
    await expect(blake.panel.getByText('No activity for 6 days.')).toBeVisible();
    await blake.panel.getByRole('button', { name: 'Copy reminder: Jane Smith' }).press('Enter');
    await expect(alex.panel.getByText(/^Reminder copied by Blake Jones, /)).toBeVisible();
    expect(await blake.page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^A reminder for Jane from Blake Jones: http/,
    );
  });

  test('sees only their own data if another recruiter uses the next tab, or used the same tab before', async ({
    context,
    cleanup,
  }) => {
    const { evalon, ats, proxy } = await startE2eStack(cleanup);
    const recruiter = await createRecruiterClient(proxy.url);
    const marketing = await recruiter.invite();
    const sales = await recruiter.invite({ project_id: 'proj_other', assessment_type: 'sales' });
    ats.body = PANEL_FOR_ALL_PROJECTS;
    const now = secondsNow();
    const openAs = async (sub: string, projects: string[]) => {
      ats.claims = { sub, projects, exp: now + SHORT_TOKEN_SECONDS };
      const page = await context.newPage();
      const readStatuses = await recordStatuses(page);
      await page.clock.install({ time: now * 1_000 });
      await page.goto(ats.url);
      await expectInvited(page);
      return { page, readStatuses };
    };
    const firstTab = await openAs('recruiter-a', ['proj_abc123']);
    const secondTab = await openAs('recruiter-b', ['proj_other']);

    await evalon.sendEvent(sales.body.session_uuid, 'session.started');
    await expect(secondTab.page.getByText('Started').first()).toBeVisible();
    await evalon.completeSession(marketing.body.session_uuid);
    await expect(firstTab.page.getByText('Campaign planning')).toBeVisible();
    expect(await firstTab.readStatuses()).toEqual(['invited', 'completed']);
    expect(await secondTab.readStatuses()).toEqual(['invited', 'started']);

    ats.claims = { sub: 'recruiter-b', projects: ['proj_other'] };
    await firstTab.page.clock.fastForward(RENEWED_MS);
    await expect(firstTab.page.getByText('Started').first()).toBeVisible();
    await expect(firstTab.page.getByText(/Campaign planning|Completed|Marketing/)).toHaveCount(0);
    expect(await firstTab.readStatuses()).toEqual(['invited', 'completed', 'started']);
  });
});
