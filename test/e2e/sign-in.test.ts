import { serve } from '../support/http-server.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { createSignInClient } from '../support/sso-client.ts';
import { type BrowserContext, type Cleanup, expect, type Page, test } from './fixtures.ts';
import { expectInvited, inviteButton } from './panel.ts';
import { startE2eStack } from './stack.ts';

test.describe.configure({ mode: 'parallel' });

/** Milliseconds until the widget renews a token of ten minutes. */
const RENEWAL_MS = 541_000;

/** Starts a company whose recruiters sign in at its identity provider. */
async function startSingleSignOn(cleanup: Cleanup) {
  const provider = await startIdentityProvider();
  cleanup.after(() => provider.close());
  const stack = await startE2eStack(cleanup, {
    HOST_TOKEN_SECRET: undefined,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GRANTS: JSON.stringify([
      { claim: 'groups', value: 'recruiters', projects: ['proj_abc123'], scope: 'read invite' },
    ]),
  });
  await provider.registerClient(stack.proxy.url);
  stack.ats.scriptAttributes = '';
  return { ...stack, provider };
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const signInButton = (page: Page) => page.getByRole('button', { name: /^Sign in/ });

/** Clicks and returns the window that opens. */
async function openWindow(page: Page, click = () => signInButton(page).click()): Promise<Page> {
  const [opened] = await Promise.all([page.waitForEvent('popup'), click()]);
  return opened;
}

const continueAtProvider = (opened: Page) => opened.getByRole('button', { name: 'Continue' }).click();

async function signIn(page: Page): Promise<void> {
  await continueAtProvider(await openWindow(page));
  await expect(inviteButton(page)).toBeVisible();
}

/** Records the methods and requests of the page's requests. */
function recordRequests(page: Page): string[] {
  const requests: string[] = [];
  page.on('request', (request) => void requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  return requests;
}

const countRequests = (requests: readonly string[], request: string) =>
  requests.filter((line) => line === request).length;

test.describe('a sign-in', () => {
  test('opens a window the first time and needs no window afterwards', async ({ context, cleanup }) => {
    const { ats, provider } = await startSingleSignOn(cleanup);
    const page = await openPage(context, ats.url);
    await expect(page.getByText('Sign in to see assessments.')).toBeVisible();
    const opened = await openWindow(page);
    await continueAtProvider(opened);
    await expect(inviteButton(page)).toBeVisible();
    await expect.poll(() => opened.isClosed()).toBe(true);
    await expect(page.getByText('Signed in as Rita Recruiter')).toBeVisible();
    await inviteButton(page).click();
    await expectInvited(page);
    expect(ats.tokensMinted).toBe(0);

    const providerRequestCount = provider.requests.length;
    await page.reload();
    await expectInvited(page);
    await expectInvited(await openPage(context, ats.url));
    expect(provider.requests).toHaveLength(providerRequestCount);
    const storage = await page.evaluate(async () => ({
      databases: (await indexedDB.databases()).map(({ name }) => name),
      cookies: document.cookie,
      localStorage: Object.keys(localStorage),
    }));
    expect(storage).toEqual({ databases: ['evalon-widget'], cookies: '', localStorage: [] });
  });

  test('is renewed silently with a key that the browser does not export', async ({ context, cleanup }) => {
    const { ats } = await startSingleSignOn(cleanup);
    const page = await context.newPage();
    await page.clock.install({ time: Date.now() });
    await page.goto(ats.url);
    await signIn(page);
    const requests = recordRequests(page);
    await page.clock.fastForward(RENEWAL_MS);
    await expect.poll(() => requests).toContain('POST /v1/sign-in/renew');
    await expect.poll(() => requests).toContain('POST /v1/events');
    await expect(inviteButton(page)).toBeVisible();
    expect(await page.evaluate(exportPrivateKey)).toBe('InvalidAccessError');
  });

  test('is renewed once for two tabs at the same moment', async ({ context, cleanup }) => {
    const { ats, provider } = await startSingleSignOn(cleanup);
    const [first, second] = [await context.newPage(), await context.newPage()];
    await context.clock.install({ time: Date.now() });
    await first.goto(ats.url);
    await signIn(first);
    await second.goto(ats.url);
    await expect(inviteButton(second)).toBeVisible();
    const pages = [first, second];
    const requests = pages.map(recordRequests);
    const refreshCount = countRequests(provider.requests, 'POST /token');
    await context.clock.fastForward(RENEWAL_MS);
    await expect.poll(() => requests.flat()).toContain('POST /v1/events');
    await expect.poll(() => countRequests(provider.requests, 'POST /token')).toBe(refreshCount + 1);
    await Promise.all(pages.map((page) => page.reload()));
    for (const page of pages) await expect(inviteButton(page)).toBeVisible();
    expect(countRequests(provider.requests, 'POST /token')).toBe(refreshCount + 1);
  });

  test('ends with one click in all tabs and hides everything that belongs to the recruiter', async ({
    context,
    cleanup,
  }) => {
    const { ats, provider } = await startSingleSignOn(cleanup);
    const page = await openPage(context, ats.url);
    await signIn(page);
    await inviteButton(page).click();
    await expectInvited(page);
    const second = await openPage(context, ats.url);
    await expectInvited(second);
    expect(provider.countRefreshTokens()).toBe(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const tab of [page, second]) {
      await expect(signInButton(tab)).toBeVisible();
      await expect(tab.getByText(/Invited|Signed in/)).toHaveCount(0);
    }
    expect(provider.countRefreshTokens()).toBe(0);
    await page.reload();
    await expect(signInButton(page)).toBeVisible();
  });

  test('in one tab also signs in the other tab', { tag: '@release' }, async ({ context, cleanup }) => {
    const { ats } = await startSingleSignOn(cleanup);
    const [first, second] = [await openPage(context, ats.url), await openPage(context, ats.url)];
    await expect(signInButton(second)).toBeVisible();
    await signIn(first);
    await expect(inviteButton(second)).toBeVisible();
  });

  test('reports that the provider is down, and works when the provider is back', { tag: '@release' }, async ({
    context,
    cleanup,
  }) => {
    const { ats, provider } = await startSingleSignOn(cleanup);
    const page = await openPage(context, ats.url);
    provider.isDown = true;
    const opened = await openWindow(page);
    await expect(page.getByRole('alert')).toHaveText(/sign-in service/i);
    await expect.poll(() => opened.isClosed()).toBe(true);
    provider.isDown = false;
    await signIn(page);
  });

  test('offers a link if the browser blocks the window', async ({ context, cleanup }) => {
    const { ats } = await startSingleSignOn(cleanup);
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await page.goto(ats.url);
    await signInButton(page).click();
    const link = page.getByRole('link', { name: 'Open the sign-in window' });
    await continueAtProvider(await openWindow(page, () => link.click()));
    await expect(inviteButton(page)).toBeVisible();
  });

  test('can start again after the recruiter has closed the window', async ({ context, cleanup }) => {
    const { ats } = await startSingleSignOn(cleanup);
    const page = await openPage(context, ats.url);
    const opened = await openWindow(page);
    await opened.getByRole('button', { name: 'Continue' }).waitFor();
    await opened.close();
    await expect(page.getByText(/sign in again/)).toBeVisible();
    await signIn(page);
  });

  test('accepts a typed code if the page’s opener policy cuts the link to the window', async ({ context, cleanup }) => {
    const { ats } = await startSingleSignOn(cleanup);
    ats.headers = { 'cross-origin-opener-policy': 'same-origin' };
    const page = await openPage(context, ats.url);
    const opening = context.waitForEvent('page');
    await signInButton(page).click();
    const opened = await opening;
    await continueAtProvider(opened);
    await expect(opened.getByText(ats.url)).toBeVisible();
    const code = (await opened.locator('output').textContent()) ?? '';
    const input = page.locator('[part~=code-input]');
    await input.fill('BBBB-BBBB');
    await page.locator('[part~=code-button]').click();
    await expect(page.getByRole('alert')).toHaveText(/incorrect/);
    await input.fill(code.toLowerCase());
    await input.press('Enter');
    await expect(inviteButton(page)).toBeVisible();
  });

  test('can start and end in the inbox', { tag: '@release' }, async ({ context, cleanup }) => {
    const { ats } = await startSingleSignOn(cleanup);
    ats.body = '<evalon-inbox></evalon-inbox>';
    const page = await openPage(context, ats.url);
    await continueAtProvider(await openWindow(page));
    await expect(page.getByText('Results from candidates you invite will appear here.')).toBeVisible();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(signInButton(page)).toBeVisible();
    await expect(page.getByText('Results from candidates you invite will appear here.')).toHaveCount(0);
  });

  test('shows the reason to a user without a grant', async ({ context, cleanup }) => {
    const { ats, provider } = await startSingleSignOn(cleanup);
    provider.accounts['rita'] = { groups: ['cooks'] };
    const page = await openPage(context, ats.url);
    await continueAtProvider(await openWindow(page));
    await expect(page.getByRole('alert')).toHaveText(/no access to/);
  });

  test('ends for both the recruiter and a thief if a refresh token is used twice', async ({ context, cleanup }) => {
    const { ats, provider } = await startSingleSignOn(cleanup);
    const page = await context.newPage();
    await page.clock.install({ time: Date.now() });
    await page.goto(ats.url);
    await signIn(page);
    expect(await page.evaluate(renewTwice)).toEqual({ renewals: [200, 200], replay: 401 });
    expect(provider.countRefreshTokens()).toBe(0);
    await page.reload();
    await expect(signInButton(page)).toBeVisible();
  });
});

test.describe('a sign-in window opened by an attacker', () => {
  test('returns nothing to the attacker’s page', async ({ context, cleanup }) => {
    const { ats, proxy } = await startSingleSignOn(cleanup);
    const page = await openPage(context, await startAttackerSite(cleanup));
    await page.evaluate(() => {
      const messages: unknown[] = [];
      addEventListener('message', ({ data }) => void messages.push(data));
      Object.assign(window, { messages });
    });
    const status = await page.evaluate(
      (url) =>
        fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(
          (response) => response.status,
          () => 'blocked',
        ),
      `${proxy.url}/v1/sign-in`,
    );
    expect(status).toBe('blocked');

    // Outside a browser the attacker can claim to be the ATS's page.
    const attacker = createSignInClient(proxy.url, ats.url).client;
    const attempt = await attacker.start();
    const opened = await openWindow(page, () =>
      page.evaluate((url) => void window.open(url), attempt.authorizationUrl),
    );
    await continueAtProvider(opened);
    await expect(opened.getByText('Go back to the page where you clicked “Sign in”.')).toBeVisible();
    expect(await opened.evaluate(() => location.search)).toBe('');
    await expect(opened.locator('output')).toBeHidden();
    // The page's own message arrives after any other message.
    await page.evaluate(() => window.postMessage('last', '*'));
    const readMessages = () => page.evaluate(() => (window as unknown as { messages: unknown[] }).messages);
    await expect.poll(readMessages).toEqual(['last']);
    await expect(attacker.exchangeCode(attempt, 'BBBBBBBB')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('without an opener shows a code, the page that the code is for, and a warning', async ({ context, cleanup }) => {
    const { ats, proxy } = await startSingleSignOn(cleanup);
    const page = await openPage(context, await startAttackerSite(cleanup));
    const attempt = await createSignInClient(proxy.url, ats.url).client.start();
    const opening = context.waitForEvent('page');
    await page.evaluate((url) => void window.open(url, '_blank', 'noopener'), attempt.authorizationUrl);
    const opened = await opening;
    await continueAtProvider(opened);
    await expect(opened.getByText(`of ${ats.url}`)).toBeVisible();
    await expect(opened.getByText(/If you didn't click “Sign in” there, close this window/)).toBeVisible();
  });

  test('cannot complete a sign-in that the recruiter’s page has started', async ({ context, cleanup }) => {
    const { ats, proxy } = await startSingleSignOn(cleanup);
    const page = await openPage(context, ats.url);
    const ownWindow = await openWindow(page);
    await ownWindow.getByRole('button', { name: 'Continue' }).waitFor();
    // A window of another sign-in returns a code that is valid, but not for this page's attempt.
    const otherAttempt = await createSignInClient(proxy.url, ats.url).client.start();
    const requests = recordRequests(page);
    const otherWindow = await openWindow(page, () =>
      page.evaluate((url) => void window.open(url), otherAttempt.authorizationUrl),
    );
    await continueAtProvider(otherWindow);
    await expect(otherWindow.getByText('Go back to the page where you clicked “Sign in”.')).toBeVisible();
    await ownWindow.bringToFront();
    await continueAtProvider(ownWindow);
    await expect(inviteButton(page)).toBeVisible();
    expect(countRequests(requests, 'POST /v1/sign-in/redeem')).toBe(1);
  });
});

function startAttackerSite(cleanup: Cleanup): Promise<string> {
  return serve(cleanup, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Win a prize</title>');
  });
}

/** Runs in the page. Tries to export the private key, as a script of the page could. */
async function exportPrivateKey(): Promise<string> {
  const opening = indexedDB.open('evalon-widget');
  await new Promise((resolve) => {
    opening.onsuccess = resolve;
  });
  const reading = opening.result.transaction('sign-in').objectStore('sign-in').getAll();
  await new Promise((resolve) => {
    reading.onsuccess = resolve;
  });
  opening.result.close();
  const [{ keyPair }] = reading.result as [{ keyPair: CryptoKeyPair }];
  return crypto.subtle.exportKey('jwk', keyPair.privateKey).then(
    () => 'exported',
    (error: Error) => error.name,
  );
}

/** Runs in the page. Renews twice and then reuses the first refresh token, as a script of the page could. */
async function renewTwice(): Promise<{ renewals: number[]; replay: number }> {
  const opening = indexedDB.open('evalon-widget');
  await new Promise((resolve) => {
    opening.onsuccess = resolve;
  });
  const store = opening.result.transaction('sign-in').objectStore('sign-in');
  const [names, reading] = [store.getAllKeys(), store.getAll()];
  await new Promise((resolve) => {
    reading.onsuccess = resolve;
  });
  opening.result.close();
  const [{ keyPair, refreshToken }] = reading.result as [{ keyPair: CryptoKeyPair; refreshToken: string }];
  const renew = async (handle: string) => {
    const text = new TextEncoder().encode(`evalon renew ${handle}`);
    const proof = new Uint8Array(
      await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keyPair.privateKey, text),
    );
    return fetch(`${String(names.result[0])}/v1/sign-in/renew`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        handle,
        proof: btoa(String.fromCharCode(...proof))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', ''),
      }),
    });
  };
  const first = await renew(refreshToken);
  const second = await renew(((await first.json()) as { handle: string }).handle);
  return { renewals: [first.status, second.status], replay: (await renew(refreshToken)).status };
}
