import { createRecruiterClient } from '../support/api-client.ts';
import { findAxeViolations } from '../support/axe.ts';
import { createEnglishWordFinder, readAllTexts } from '../support/english-words.ts';
import { serve } from '../support/http-server.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { startSandbox } from '../support/proxy.ts';
import { type Cleanup, expect, type Page, test } from './fixtures.ts';
import { collectCspViolations } from './panel.ts';
import { startE2eStack } from './stack.ts';

/** Starts a company with single sign-on, and a candidate with a result. */
async function startCompany(cleanup: Cleanup) {
  const provider = await startIdentityProvider();
  cleanup.after(() => provider.close());
  provider.accounts['omar'] = { name: 'Omar Other', groups: ['others'] };
  const { evalon, proxy } = await startE2eStack(cleanup, {
    COMPANY_NAME: 'Example <Inc.>',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GRANTS: JSON.stringify([
      { claim: 'groups', value: 'recruiters', projects: ['proj_abc123'], scope: 'read' },
      { claim: 'groups', value: 'others', projects: ['proj_other'], scope: 'read' },
    ]),
  });
  await provider.registerClient(proxy.url);
  const { session_uuid } = (await (await createRecruiterClient(proxy.url)).invite()).body;
  await evalon.completeSession(session_uuid);
  return {
    provider,
    evalon,
    proxy,
    getResultUrl: (sessionId: string) => `${proxy.url}/results/${sessionId}`,
    session_uuid,
  };
}

/** Made-up words, because the widget does not translate what Evalon returns. */
const SCORECARD = {
  overall: 82,
  overall_max: 100,
  narrative_summary: 'Zzz.',
  sections: [{ name: 'Xxx', score: 8, max_score: 10, questions: [{ prompt: 'Yyy', score: 8, max_score: 10 }] }],
};

async function continueAs(page: Page, account: string): Promise<void> {
  await page.getByLabel('Account').fill(account);
  await page.getByRole('button', { name: 'Continue' }).click();
}

test.describe('a link to a result in the ATS', () => {
  test('signs the recruiter in and shows the result, and needs no sign-in the next time', async ({ page, cleanup }) => {
    const { provider, getResultUrl, session_uuid } = await startCompany(cleanup);
    const violations = collectCspViolations(page);
    await page.goto(getResultUrl(session_uuid));
    await continueAs(page, 'rita');
    await expect(page.getByText('Jane Smith', { exact: true })).toBeVisible();
    await expect(page.getByText('82').first()).toBeVisible();
    await expect(page.getByText('Example <Inc.>')).toBeVisible();
    await expect(page.getByText('Signed in as Rita Recruiter')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Print result/ })).toBeVisible();
    expect(await findAxeViolations(page, 'html')).toEqual([]);
    expect(page.url()).toBe(getResultUrl(session_uuid));

    const requestCount = provider.requests.length;
    await page.reload();
    await expect(page.getByText('82').first()).toBeVisible();
    expect(provider.requests).toHaveLength(requestCount);
    expect(violations).toEqual([]);
    expect(await page.evaluate(() => document.cookie)).toBe('');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByText("You're signed out.")).toBeVisible();
    await expect(page.getByText('Jane Smith', { exact: true })).toHaveCount(0);
  });

  test('shows a recruiter without rights the same page as for an unknown session', async ({ page, cleanup }) => {
    const { getResultUrl, session_uuid } = await startCompany(cleanup);
    await page.goto(getResultUrl(session_uuid));
    await continueAs(page, 'omar');
    const refusal = page.getByText("This assessment doesn't exist, or you don't have access to it.");
    await expect(refusal).toBeVisible();
    const readText = async () =>
      ((await page.locator('evalon-scorecard section').textContent()) ?? '').replace(/Reference: \S+/, '');
    const text = await readText();
    await page.goto(getResultUrl('sess_unknown'));
    await expect(refusal).toBeVisible();
    expect(await readText()).toBe(text);
  });

  test('shows why the provider denied access, and offers another try', { tag: '@release' }, async ({
    page,
    cleanup,
  }) => {
    const { getResultUrl, session_uuid } = await startCompany(cleanup);
    await page.goto(getResultUrl(session_uuid));
    // The identity provider denies access to this account.
    await continueAs(page, 'denied');
    await expect(page.getByRole('alert')).toContainText('denied access');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await continueAs(page, 'rita');
    await expect(page.getByText('Jane Smith', { exact: true })).toBeVisible();
  });

  test('accepts no code of a sign-in that this browser did not start', async ({ page, cleanup }) => {
    const { getResultUrl, session_uuid } = await startCompany(cleanup);
    const parameters = new URLSearchParams({ attempt: 'x'.repeat(43), code: 'y'.repeat(43) });
    await page.goto(`${getResultUrl(session_uuid)}#${parameters}`);
    await expect(page.getByRole('alert')).toContainText('Sign in again.');
    expect(page.url()).toBe(getResultUrl(session_uuid));
  });

  test('cannot be framed by another page', async ({ page, cleanup }) => {
    const { getResultUrl, session_uuid } = await startCompany(cleanup);
    const attackerUrl = await serve(cleanup, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<!doctype html><title>Win a prize</title><iframe src="${getResultUrl(session_uuid)}"></iframe>`);
    });
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(attackerUrl);
    await refused;
    await expect(page.frameLocator('iframe').locator('main')).toHaveCount(0);
  });

  test('works without a sign-in in the sandbox', async ({ page, cleanup }) => {
    const proxy = await startSandbox();
    cleanup.after(() => proxy.close());
    await page.goto(`${proxy.url}/results/sess_unknown`);
    await expect(page.getByText("This assessment doesn't exist, or you don't have access to it.")).toBeVisible();
  });
});

for (const [browserLanguage, locale, direction] of [
  ['de-AT', 'de', 'ltr'],
  ['ar', 'ar', 'rtl'],
] as const) {
  test.describe(`a link to a result in a browser in ${browserLanguage}`, () => {
    test.use({ locale: browserLanguage });

    test('shows the page and the result in that language, with no English word', { tag: '@release' }, async ({
      page,
      cleanup,
    }) => {
      const { evalon, proxy, getResultUrl } = await startCompany(cleanup);
      const recruiter = await createRecruiterClient(proxy.url);
      const { session_uuid } = (await recruiter.invite({ candidate_email: 'zoe@example.com', candidate_name: 'Zoë' }))
        .body;
      await evalon.completeSession(session_uuid, { scorecard: SCORECARD });
      const violations = collectCspViolations(page);
      const findEnglish = createEnglishWordFinder(locale);
      const expectNoEnglish = async () => {
        const text = `${await page.title()} ${await page.locator('main').evaluate(readAllTexts)}`;
        expect(findEnglish(text), text).toEqual([]);
      };
      await page.goto(getResultUrl(session_uuid));
      await continueAs(page, 'rita');
      await page.locator('evalon-scorecard [part=print-button]').waitFor();
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('html')).toHaveAttribute('dir', direction);
      await expectNoEnglish();
      await page.goto(getResultUrl('sess_unknown'));
      await page.locator('evalon-scorecard section > p').waitFor();
      await expectNoEnglish();
      await page.locator('evalon-sign-in button').click();
      await page.locator('main > [role=alert]').waitFor();
      await expectNoEnglish();
      expect(violations).toEqual([]);
    });
  });
}
