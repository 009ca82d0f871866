import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAdminClient } from '../support/admin-client.ts';
import { createRecruiterClient } from '../support/api-client.ts';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { type Browser, expect, type Page } from '../support/page.ts';
import { startE2eStack } from './stack.ts';

const found = await findBrowser();
let browser: Browser;

before(async () => {
  if (found) browser = await launchBrowser(found);
});
after(() => browser?.close());

/** Jane in all projects that the recruiter may see. */
const PANEL =
  '<evalon-assessments candidate-email="jane@example.com" candidate-name="Jane Smith"></evalon-assessments>';

/** The statuses that the page is told, in their order. */
async function statusesOf(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    addEventListener('evalon-status', (event) => {
      told.push((event as CustomEvent).detail.session.status);
    });
  });
  return () => page.evaluate(() => (window as unknown as { told: string[] }).told);
}

describe('recruiters and their tokens', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('keep one view while the token is renewed: the new stream opens before the old one closes', async (test) => {
    const { evalon, ats } = await startE2eStack(test);
    const context = await browser.newContext();
    test.after(() => context.close());
    const page = await context.newPage();
    const statuses = await statusesOf(page);
    const now = Math.floor(Date.now() / 1_000);
    ats.claims = { exp: now + 85 };
    await page.clock.install({ time: now * 1_000 });
    await page.goto(ats.url);
    await page
      .getByRole('button', { name: /^Invite/ })
      .first()
      .click();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    const session = evalon.findSession('jane@example.com', 'proj_abc123');
    assert.ok(session);

    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const ended: string[] = [];
    await page.route('**/v1/events', async (route) => {
      asked.resolve();
      await held.promise;
      await route.continue();
    });
    page.on('requestfailed', (request) => void ended.push(request.url()));
    page.on('requestfinished', (request) => void (request.url().endsWith('/v1/events') && ended.push(request.url())));
    ats.claims = { exp: now + 600 };
    await page.clock.fastForward(31_000);
    await asked.promise;
    assert.equal(ats.tokensMinted, 2);
    await evalon.sendEvent(session.session_uuid, 'session.opened');
    await expect(page.getByText('Opened').first()).toBeVisible();
    assert.deepEqual(ended, []);

    held.resolve();
    await expect.poll(() => ended.length).toBe(1);
    await evalon.sendEvent(session.session_uuid, 'session.started');
    await expect(page.getByText('Started').first()).toBeVisible();
    assert.deepEqual(await statuses(), ['invited', 'opened', 'started']);
  });

  it('see the chips of a page whose end is long in coming, and those that come with it', async (test) => {
    const { ats } = await startE2eStack(test);
    const chipOf = (name: string) =>
      `<p>${name} <evalon-status candidate-email="${name}@example.com" project-id="proj_abc123"></evalon-status></p>`;
    const { promise, resolve } = Promise.withResolvers<string>();
    Object.assign(ats, { body: chipOf('jane') + chipOf('tom'), end: promise });
    const page = await browser.newPage();
    test.after(() => page.close());
    await page.goto(ats.url, { waitUntil: 'commit' });
    await expect(page.getByText('Not invited')).toHaveCount(2);
    assert.equal(await page.evaluate(() => document.readyState), 'loading');
    resolve(chipOf('ada'));
    await expect(page.getByText('Not invited')).toHaveCount(3);
  });

  it('see a candidate vanish who is erased while the result is open', async (test) => {
    const { evalon, ats, proxy } = await startE2eStack(test);
    const { session_uuid } = (await (await createRecruiterClient(proxy.url)).invite()).body;
    await evalon.completeSession(session_uuid);
    const context = await browser.newContext();
    test.after(() => context.close());
    const page = await context.newPage();
    await page.goto(ats.url);
    await expect(page.getByText('Campaign planning').first()).toBeVisible();

    const { status } = await createAdminClient(proxy.url).post('/admin/erase', { candidate_email: 'jane@example.com' });
    assert.equal(status, 200);
    await expect(page.getByText('Campaign planning')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Invite/ }).first()).toBeVisible();
  });

  it('in two tabs of one browser see what is theirs, and nothing of the one before after a change', async (test) => {
    const { evalon, ats, proxy } = await startE2eStack(test);
    const all = await createRecruiterClient(proxy.url);
    const a = await all.invite();
    const b = await all.invite({ project_id: 'proj_other', assessment_type: 'sales' });
    const context = await browser.newContext();
    test.after(() => context.close());
    ats.body = PANEL;
    const now = Math.floor(Date.now() / 1_000);
    const openAs = async (sub: string, projects: string[]) => {
      ats.claims = { sub, projects, exp: now + 85 };
      const page = await context.newPage();
      const statuses = await statusesOf(page);
      await page.clock.install({ time: now * 1_000 });
      await page.goto(ats.url);
      await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
      return { page, statuses };
    };
    const first = await openAs('recruiter-a', ['proj_abc123']);
    const second = await openAs('recruiter-b', ['proj_other']);

    await evalon.sendEvent(b.body.session_uuid, 'session.started');
    await expect(second.page.getByText('Started').first()).toBeVisible();
    await evalon.completeSession(a.body.session_uuid);
    await expect(first.page.getByText('Campaign planning')).toBeVisible();
    assert.deepEqual(await first.statuses(), ['invited', 'completed']);
    assert.deepEqual(await second.statuses(), ['invited', 'started']);

    ats.claims = { sub: 'recruiter-b', projects: ['proj_other'] };
    await first.page.clock.fastForward(31_000);
    await expect(first.page.getByText('Started').first()).toBeVisible();
    await expect(first.page.getByText(/Campaign planning|Completed|Marketing/)).toHaveCount(0);
    assert.deepEqual(await first.statuses(), ['invited', 'completed', 'started']);
  });
});
