import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { type Browser, type BrowserContext, expect, type Page } from '../support/page.ts';
import { createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { completeAssessment } from './candidate-page.ts';
import { startE2eStack } from './stack.ts';

const found = await findBrowser();
let browser: Browser;

before(async () => {
  if (found) browser = await launchBrowser(found);
});
after(() => browser?.close());

async function newContext(test: TestContext): Promise<BrowserContext> {
  const context = await browser.newContext();
  test.after(() => context.close());
  return context;
}

/** What an invited session says, not what asks for an invite. */
const INVITED = /^\s*Invited/;

const inviteButton = (page: Page) => page.getByRole('button', { name: /^Invite/ }).first();

/** Scoring, a late webhook and a late scorecard take some seconds together in the sandbox. */
const RESULT_WITHIN = { timeout: 20_000 };

async function expectResult(page: Page, overall: RegExp): Promise<void> {
  await expect(page.getByText(/^\s*Completed/).first()).toBeVisible(RESULT_WITHIN);
  await expect(page.getByText(overall).first()).toBeVisible(RESULT_WITHIN);
}

describe('a recruiter’s journey', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('in the demo: opens a profile, invites, and sees the finished assessment without a reload', async (test) => {
    const { folder, remove } = createTempFolder();
    const proxy = await startProxyProcess({ PORT: '0', DATABASE_URL: `file:${folder}/sandbox.db`, LOG_LEVEL: 'warn' });
    test.after(async () => {
      await proxy.kill('SIGKILL');
      remove();
    });
    const context = await newContext(test);
    const profile = await context.newPage();
    await profile.goto(proxy.url);
    const row = profile.getByRole('row').filter({ hasText: 'Not invited' }).first();
    await row.getByRole('link').first().click();
    await inviteButton(profile).click();
    await expect(profile.getByText(INVITED).first()).toBeVisible();

    const opened = context.waitForEvent('page');
    await profile.getByRole('link', { name: /candidate’s link/ }).click();
    const candidate = await opened;
    await completeAssessment(candidate);

    await expectResult(profile, /^\d+$/);
    const section = profile.locator('evalon-assessments details').first();
    await section.locator('summary').click();
    await expect(section.getByRole('listitem').first()).toBeVisible();
    await expect(profile.locator('evalon-assessments [part~=narrative]')).not.toBeEmpty();
  });

  it('in a company’s own ATS on another origin, with a token of its backend and the strictest policy', async (test) => {
    const { evalon, ats } = await startE2eStack(test);
    const page = await (await newContext(test)).newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/policy|violates|TrustedHTML/i.test(message.text())) violations.push(message.text());
    });
    await page.goto(ats.url);
    await expect(page.getByText('jane@example.com').first()).toBeVisible();
    await inviteButton(page).click();
    await expect(page.getByText(INVITED).first()).toBeVisible();
    const session = evalon.findSession('jane@example.com', 'proj_abc123');
    assert.ok(session);
    await evalon.sendEvent(session.session_uuid, 'session.started');
    await expect(page.getByText('Started').first()).toBeVisible();

    const narrative = '<img src=x onerror="document.title=1"> plans well';
    await evalon.completeSession(session.session_uuid, { narrative_summary: narrative });
    await expectResult(page, /^82$/);
    await expect(page.getByText(narrative)).toBeVisible();
    await expect(page.getByText('Campaign planning')).toBeVisible();
    assert.equal(await page.title(), 'ATS');
    assert.deepEqual(violations, []);
    assert.equal(ats.tokensMinted, 1);
  });

  it('goes on after kill -9 between the webhook’s 202 and the reading of the scorecard, the page left open', async (test) => {
    const company = await startE2eStack(test);
    const { evalon, ats, settings } = company;
    const page = await (await newContext(test)).newPage();
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expect(page.getByText(INVITED).first()).toBeVisible();
    const session = evalon.findSession('jane@example.com', 'proj_abc123');
    assert.ok(session);

    evalon.injectFault('scorecard', { fault: 'hang' });
    assert.equal(await evalon.completeSession(session.session_uuid), 202);
    await evalon.waitForRequests(1, 'scorecard');
    await company.proxy.kill('SIGKILL');
    evalon.clearFaults();
    company.proxy = await startProxyProcess(settings);

    await expectResult(page, /^82$/);
  });

  it('works where the browser has no custom elements, and fetches no polyfill where it has', async (test) => {
    const { evalon, ats } = await startE2eStack(test);
    for (const lacking of [false, true]) {
      const page = await (await newContext(test)).newPage();
      const polyfills: string[] = [];
      page.on('request', (request) => {
        if (/polyfill|webcomponents/.test(request.url())) polyfills.push(request.url());
      });
      if (lacking) {
        await page.addInitScript(() => {
          Object.defineProperty(window, 'customElements', { value: undefined, configurable: true, writable: true });
        });
      }
      ats.body = `<evalon-assessments candidate-email="c${Number(lacking)}@example.com" candidate-name="Candidate"
        project-id="proj_abc123"></evalon-assessments>`;
      await page.goto(ats.url);
      await inviteButton(page).click();
      await expect(page.getByText(INVITED).first()).toBeVisible();
      const session = evalon.findSession(`c${Number(lacking)}@example.com`, 'proj_abc123');
      assert.ok(session);
      await evalon.completeSession(session.session_uuid);
      await expectResult(page, /^82$/);
      assert.equal(polyfills.length > 0, lacking);
    }
  });

  it('makes one session of two clicks in two tabs, and shows it in both', async (test) => {
    const { evalon, ats } = await startE2eStack(test);
    const context = await newContext(test);
    const tabs = [await context.newPage(), await context.newPage()];
    evalon.injectFault('create', { fault: 'slow', ms: 200 });
    for (const tab of tabs) await tab.goto(ats.url);
    for (const tab of tabs) await inviteButton(tab).waitFor();
    await Promise.all(tabs.map((tab) => inviteButton(tab).evaluate((button: HTMLElement) => button.click())));
    for (const tab of tabs) await expect(tab.getByText(INVITED).first()).toBeVisible();
    assert.equal(evalon.requests.length, 1);
  });

  it('shows what is wrong with a sentence and a retry when Evalon fails, and works on the next click', async (test) => {
    const { evalon, ats } = await startE2eStack(test);
    const page = await (await newContext(test)).newPage();
    await page.goto(ats.url);
    for (const fault of [{ fault: 'html', status: 200 }, { fault: 'redirect' }, { fault: 'truncated' }] as const) {
      evalon.injectFault('create', fault, 1);
      await page
        .getByRole('button', { name: /^(Invite|Try again|Retry)/ })
        .first()
        .click();
      await expect(page.getByText(/Evalon (answered|did not)/).first()).toBeVisible();
    }
    // What may be over in a moment is tried again without another click.
    evalon.injectFault('create', { fault: 'reset' }, 1);
    await page
      .getByRole('button', { name: /^(Invite|Try again|Retry)/ })
      .first()
      .click();
    await expect(page.getByText(INVITED).first()).toBeVisible({ timeout: 60_000 });
  });
});
