import { createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { completeAssessment } from './candidate-page.ts';
import { expect, test } from './fixtures.ts';
import { collectCspViolations, expectInvited, expectResult, inviteButton } from './panel.ts';
import { findSessionId, startE2eStack, startE2eStackWithProcess } from './stack.ts';

/** The field map for a simulated Evalon whose fields have Spanish names (dialect `spanish`). */
const SPANISH_FIELD_MAP = {
  session_uuid: ['/sesion/identificador'],
  candidate_url: ['/sesion/enlace'],
  event: ['/evento'],
  overall: ['/resultado/nota/valor'],
  overall_max: ['/resultado/nota/max'],
  narrative: ['/resultado/resumen'],
  sections: ['/resultado/secciones'],
  'section.name': ['/nombre'],
  'section.score': ['/nota/valor'],
  'section.max_score': ['/nota/max'],
  'section.questions': ['/preguntas'],
  'question.title': ['/titulo'],
  'question.score': ['/nota'],
  'question.max_score': ['/max'],
};

test.describe('a recruiter’s journey', () => {
  test('leads from the demo’s list to a finished assessment without a reload', async ({ context, page, cleanup }) => {
    const { folder, remove } = createTempFolder();
    const proxy = await startProxyProcess({ PORT: '0', DATABASE_URL: `file:${folder}/sandbox.db`, LOG_LEVEL: 'warn' });
    cleanup.after(async () => {
      await proxy.kill('SIGKILL');
      remove();
    });
    await page.goto(proxy.url);
    const row = page.getByRole('row').filter({ hasText: 'Not invited' }).first();
    await row.getByRole('link').first().click();
    await inviteButton(page).click();
    await expectInvited(page);

    const candidatePage = context.waitForEvent('page');
    await page.getByRole('link', { name: /candidate's link/ }).click();
    await completeAssessment(await candidatePage);

    await expectResult(page, /^\d+$/);
    const section = page.locator('evalon-assessments details').first();
    await section.locator('summary').click();
    await expect(section.getByRole('listitem').first()).toBeVisible();
    await expect(page.locator('evalon-assessments [part~=narrative]')).not.toBeEmpty();
  });

  test('works in a company’s ATS on another origin, with its tokens and the strictest CSP', async ({
    page,
    cleanup,
  }) => {
    const { evalon, ats } = await startE2eStackWithProcess(cleanup);
    const violations = collectCspViolations(page);
    await page.goto(ats.url);
    await expect(page.getByText('jane@example.com').first()).toBeVisible();
    await inviteButton(page).click();
    await expectInvited(page);
    const session_uuid = findSessionId(evalon);
    await evalon.sendEvent(session_uuid, 'session.started');
    await expect(page.getByText('Started').first()).toBeVisible();

    const narrative = '<img src=x onerror="document.title=1"> plans well';
    await evalon.completeSession(session_uuid, { scorecard: { narrative_summary: narrative } });
    await expectResult(page, /^82$/);
    await expect(page.getByText(narrative)).toBeVisible();
    await expect(page.getByText('Campaign planning')).toBeVisible();
    await expect(page).toHaveTitle('ATS');
    expect(violations).toEqual([]);
    expect(ats.tokensMinted).toBe(1);
  });

  test('works with an Evalon whose fields have other names, if EVALON_FIELD_MAP names them', async ({
    page,
    cleanup,
  }) => {
    const { evalon, ats } = await startE2eStack(cleanup, { EVALON_FIELD_MAP: JSON.stringify(SPANISH_FIELD_MAP) });
    evalon.setDialect('spanish');
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expectInvited(page);
    const session_uuid = findSessionId(evalon);
    await expect(page.getByRole('button', { name: /^Copy link/ })).toBeVisible();

    expect(await evalon.completeSession(session_uuid, { scorecard: { narrative_summary: 'Planifica bien.' } })).toBe(
      202,
    );
    await expectResult(page, /^82$/);
    await expect(page.locator('evalon-assessments [part~=overall]')).toContainText('82 / 100');
    await expect(page.getByText('Campaign planning')).toBeVisible();
    await expect(page.getByText('Planifica bien.')).toBeVisible();
  });

  test('survives kill -9 between the webhook’s 202 and the read of the scorecard', { tag: '@release' }, async ({
    page,
    cleanup,
  }) => {
    const stack = await startE2eStackWithProcess(cleanup);
    const { evalon, ats, settings } = stack;
    await page.goto(ats.url);
    await inviteButton(page).click();
    await expectInvited(page);
    const session_uuid = findSessionId(evalon);

    evalon.injectFault('scorecard', { fault: 'hang' });
    expect(await evalon.completeSession(session_uuid)).toBe(202);
    await evalon.waitForRequests(1, 'scorecard');
    await stack.proxy.kill('SIGKILL');
    evalon.clearFaults();
    stack.proxy = await startProxyProcess(settings);

    await expectResult(page, /^82$/);
  });

  for (const [hasCustomElements, title] of [
    [true, 'fetches no polyfill in a browser with custom elements'],
    [false, 'fetches a polyfill and works in a browser without custom elements'],
  ] as const) {
    test(title, async ({ page, cleanup }) => {
      const { evalon, ats } = await startE2eStack(cleanup);
      const polyfills: string[] = [];
      page.on('request', (request) => {
        if (/polyfill|webcomponents/.test(request.url())) polyfills.push(request.url());
      });
      if (!hasCustomElements) {
        await page.addInitScript(() => {
          Object.defineProperty(window, 'customElements', { value: undefined, configurable: true, writable: true });
        });
      }
      await page.goto(ats.url);
      await inviteButton(page).click();
      await expectInvited(page);
      const session_uuid = findSessionId(evalon);
      await evalon.completeSession(session_uuid);
      await expectResult(page, /^82$/);
      expect(polyfills.length > 0).toBe(!hasCustomElements);
    });
  }

  test('creates one session for two clicks in two tabs, and shows the session in both tabs', async ({
    context,
    cleanup,
  }) => {
    const { evalon, ats } = await startE2eStack(cleanup);
    const tabs = [await context.newPage(), await context.newPage()];
    evalon.injectFault('create', { fault: 'slow', ms: 200 });
    for (const tab of tabs) await tab.goto(ats.url);
    for (const tab of tabs) await inviteButton(tab).waitFor();
    await Promise.all(tabs.map((tab) => inviteButton(tab).evaluate((button: HTMLElement) => button.click())));
    for (const tab of tabs) await expectInvited(tab);
    expect(evalon.requests).toHaveLength(1);
  });

  test('shows a sentence and a retry button if Evalon fails, and succeeds on the next click', async ({
    page,
    cleanup,
  }) => {
    const { evalon, ats } = await startE2eStack(cleanup);
    await page.goto(ats.url);
    const button = page.getByRole('button', { name: /^(Invite|Retry)/ }).first();
    for (const fault of [{ fault: 'html', status: 200 }, { fault: 'redirect' }, { fault: 'truncated' }] as const) {
      evalon.injectFault('create', fault, { times: 1 });
      await button.click();
      await expect(page.locator('evalon-assessments [part~=problem]').first()).toBeVisible();
    }
    // The widget retries a temporary failure without another click.
    evalon.injectFault('create', { fault: 'reset' }, { times: 1 });
    await button.click();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible({ timeout: 60_000 });
  });
});
