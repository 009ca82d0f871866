import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it, type TestContext } from 'node:test';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { type Browser, type BrowserContext, expect, type Page } from '../support/page.ts';
import { createSignInClient } from '../support/sso-client.ts';
import { startE2eStack } from './stack.ts';

const found = await findBrowser();
let browser: Browser;

before(async () => {
  if (found) browser = await launchBrowser(found);
});
after(() => browser?.close());

/** A company that signs its recruiters in at its identity provider, and a recruiter's browser. */
async function startSignOn(test: TestContext) {
  const provider = await startIdentityProvider();
  const company = await startE2eStack(test, {
    HOST_TOKEN_SECRET: undefined,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GRANTS: JSON.stringify([
      { claim: 'groups', value: 'recruiters', projects: ['proj_abc123'], scope: 'read invite' },
    ]),
  });
  await provider.registerClient(company.proxy.url);
  company.ats.scriptAttributes = '';
  const context = await browser.newContext();
  test.after(() => Promise.all([context.close(), provider.close()]));
  return { ...company, provider, context };
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const signInButton = (page: Page) => page.getByRole('button', { name: /^Sign in/ });
const inviteButton = (page: Page) => page.getByRole('button', { name: /^Invite/ }).first();

/** Clicks, and answers the window that opens. */
async function windowOf(page: Page, click = () => signInButton(page).click()): Promise<Page> {
  const [opened] = await Promise.all([page.waitForEvent('popup'), click()]);
  return opened;
}

async function signIn(page: Page): Promise<void> {
  const opened = await windowOf(page);
  await opened.getByRole('button', { name: 'Continue' }).click();
  await expect(inviteButton(page)).toBeVisible();
}

/** Requests to the proxy by path. */
function requestsOf(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => void paths.push(`${request.method()} ${new URL(request.url()).pathname}`));
  return paths;
}

describe('signing in', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('the first time opens a window, and from then on needs none', async (test) => {
    const { ats, provider, context } = await startSignOn(test);
    const page = await openPage(context, ats.url);
    await expect(page.getByText('Sign in to see assessments.')).toBeVisible();
    const opened = await windowOf(page);
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(inviteButton(page)).toBeVisible();
    await expect.poll(() => opened.isClosed()).toBe(true);
    await expect(page.getByText('Signed in as Rita Recruiter')).toBeVisible();
    await inviteButton(page).click();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    assert.equal(ats.tokensMinted, 0);

    const asked = provider.requests.length;
    await page.reload();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    const second = await openPage(context, ats.url);
    await expect(second.getByText(/^\s*Invited/).first()).toBeVisible();
    assert.equal(provider.requests.length, asked, 'the bearer lasts: the provider is not asked');
    const stays = await page.evaluate(async () => {
      const { databases } = indexedDB;
      return [(await databases.call(indexedDB)).map(({ name }) => name), document.cookie, Object.keys(localStorage)];
    });
    assert.deepEqual(stays, [['evalon-widget'], '', []]);
  });

  it('is renewed silently, by a key that the browser does not give away', async (test) => {
    const { ats, context } = await startSignOn(test);
    const page = await context.newPage();
    await page.clock.install({ time: Date.now() });
    await page.goto(ats.url);
    await signIn(page);
    const paths = requestsOf(page);
    await page.clock.fastForward(541_000);
    await expect.poll(() => paths.includes('POST /v1/sign-in/renew')).toBe(true);
    await expect.poll(() => paths.includes('POST /v1/events')).toBe(true);
    await expect(inviteButton(page)).toBeVisible();
    assert.equal(await page.evaluate(exportKept), 'InvalidAccessError');
  });

  it('is renewed once for two tabs that need it at the same moment', async (test) => {
    const { ats, provider, context } = await startSignOn(test);
    const pages = [await context.newPage(), await context.newPage()];
    const [first, second] = pages as [Page, Page];
    await context.clock.install({ time: Date.now() });
    await first.goto(ats.url);
    await signIn(first);
    await second.goto(ats.url);
    await expect(inviteButton(second)).toBeVisible();
    const paths = pages.map(requestsOf);
    const asked = provider.requests.filter((request) => request === 'POST /token').length;
    await context.clock.fastForward(541_000);
    await expect.poll(() => paths.flat().filter((path) => path === 'POST /v1/events').length).toBeGreaterThan(0);
    await expect.poll(() => provider.requests.filter((request) => request === 'POST /token').length).toBe(asked + 1);
    await Promise.all(pages.map((page) => page.reload()));
    for (const page of pages) await expect(inviteButton(page)).toBeVisible();
    assert.equal(provider.requests.filter((request) => request === 'POST /token').length, asked + 1);
  });

  it('ends by a click, in all tabs, and nothing of the recruiter stays in sight', async (test) => {
    const { ats, provider, context } = await startSignOn(test);
    const page = await openPage(context, ats.url);
    await signIn(page);
    await inviteButton(page).click();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    const second = await openPage(context, ats.url);
    await expect(second.getByText(/^\s*Invited/).first()).toBeVisible();
    assert.equal(provider.countRefreshTokens(), 1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const one of [page, second]) {
      await expect(signInButton(one)).toBeVisible();
      await expect(one.getByText(/Invited|Signed in/)).toHaveCount(0);
    }
    assert.equal(provider.countRefreshTokens(), 0);
    await page.reload();
    await expect(signInButton(page)).toBeVisible();
  });

  it('in one tab lets the other in', async (test) => {
    const { ats, context } = await startSignOn(test);
    const [first, second] = [await openPage(context, ats.url), await openPage(context, ats.url)];
    await expect(signInButton(second)).toBeVisible();
    await signIn(first);
    await expect(inviteButton(second)).toBeVisible();
  });

  it('tells that the provider is down, and goes on when it is back', async (test) => {
    const { ats, provider, context } = await startSignOn(test);
    const page = await openPage(context, ats.url);
    provider.isDown = true;
    const opened = await windowOf(page);
    await expect(page.getByRole('alert')).toHaveText(/sign-in service cannot be reached/);
    await expect.poll(() => opened.isClosed()).toBe(true);
    provider.isDown = false;
    await signIn(page);
  });

  it('offers a link where the window is blocked', async (test) => {
    const { ats, context } = await startSignOn(test);
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await page.goto(ats.url);
    await signInButton(page).click();
    const opened = await windowOf(page, () => page.getByRole('link', { name: 'Open the sign-in window' }).click());
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(inviteButton(page)).toBeVisible();
  });

  it('can begin again where the window was closed', async (test) => {
    const { ats, context } = await startSignOn(test);
    const page = await openPage(context, ats.url);
    const opened = await windowOf(page);
    await opened.getByRole('button', { name: 'Continue' }).waitFor();
    await opened.close();
    await expect(page.getByText(/If it is closed, sign in again/)).toBeVisible();
    await signIn(page);
  });

  it('works by a code that is typed where the page cuts windows off', async (test) => {
    const { ats, context } = await startSignOn(test);
    ats.headers = { 'cross-origin-opener-policy': 'same-origin' };
    const page = await openPage(context, ats.url);
    const opening = context.waitForEvent('page');
    await signInButton(page).click();
    const opened = await opening;
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(opened.getByText(ats.url)).toBeVisible();
    const code = (await opened.locator('output').textContent()) ?? '';
    const input = page.getByLabel('Code of the sign-in window');
    await input.fill('BBBB-BBBB');
    await page.getByRole('button', { name: 'Use code' }).click();
    await expect(page.getByRole('alert')).toHaveText(/wrong/);
    await input.fill(code.toLowerCase());
    await input.press('Enter');
    await expect(inviteButton(page)).toBeVisible();
  });

  it('works from the inbox too, and ends there', async (test) => {
    const { ats, context } = await startSignOn(test);
    ats.body = '<evalon-inbox></evalon-inbox>';
    const page = await openPage(context, ats.url);
    const opened = await windowOf(page);
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(/As soon as somebody whom you have invited finishes/)).toBeVisible();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(signInButton(page)).toBeVisible();
    await expect(page.getByText(/As soon as somebody/)).toHaveCount(0);
  });

  it('says who gets nothing here, and why', async (test) => {
    const { ats, provider, context } = await startSignOn(test);
    provider.accounts['rita'] = { groups: ['cooks'] };
    const page = await openPage(context, ats.url);
    const opened = await windowOf(page);
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('alert')).toHaveText(/no access to Evalon projects/);
  });

  it('ends for both when somebody uses a handle that was renewed since', async (test) => {
    const { ats, provider, context } = await startSignOn(test);
    const page = await context.newPage();
    await page.clock.install({ time: Date.now() });
    await page.goto(ats.url);
    await signIn(page);
    const old = await page.evaluate(renewTwice);
    assert.deepEqual(old.renewals, [200, 200]);
    assert.equal(old.replay, 401);
    assert.equal(provider.countRefreshTokens(), 0);
    await page.reload();
    await expect(signInButton(page)).toBeVisible();
  });
});

describe('a lured window', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('gives the page that opened it nothing, and names the page that it is for', async (test) => {
    const { ats, proxy, context } = await startSignOn(test);
    const evil = await startEvil(test);
    const page = await openPage(context, evil);
    await page.evaluate(() => {
      const told: unknown[] = [];
      addEventListener('message', ({ data }) => void told.push(data));
      Object.assign(window, { told });
    });
    const began = await page.evaluate(
      (url) =>
        fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(
          ({ status }) => String(status),
          () => 'nothing',
        ),
      `${proxy.url}/v1/sign-in`,
    );
    assert.equal(began, 'nothing');

    // Outside a browser the attacker can claim to be the ATS's page.
    const attacker = createSignInClient(proxy.url, ats.url).client;
    const lure = await attacker.start();
    const opened = await windowOf(page, () => page.evaluate((url) => void window.open(url), lure.authorizationUrl));
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(opened.getByText('Go back to the page where you clicked “Sign in”.')).toBeVisible();
    assert.equal(await opened.evaluate(() => location.search), '');
    await expect(opened.locator('output')).toBeHidden();
    // A message of its own comes later than any other could have.
    await page.evaluate(() => window.postMessage('last', '*'));
    await expect.poll(() => page.evaluate(() => (window as unknown as { told: unknown[] }).told)).toEqual(['last']);
    await assert.rejects(
      attacker.exchangeCode(lure, 'BBBBBBBB'),
      ({ code }: { code: string }) => code === 'unauthenticated',
    );
  });

  it('that was cut off from its opener shows a code, for whom it is, and tells nobody', async (test) => {
    const { ats, proxy, context } = await startSignOn(test);
    const evil = await startEvil(test);
    const page = await openPage(context, evil);
    const lure = await createSignInClient(proxy.url, ats.url).client.start();
    const opening = context.waitForEvent('page');
    await page.evaluate((url) => void window.open(url, '_blank', 'noopener'), lure.authorizationUrl);
    const opened = await opening;
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(opened.getByText(`of ${ats.url}`)).toBeVisible();
    await expect(opened.getByText(/If you didn't click “Sign in” there, close this window/)).toBeVisible();
  });

  it('is nothing to a recruiter’s page that has begun a sign-in of its own', async (test) => {
    const { ats, proxy, context } = await startSignOn(test);
    const page = await openPage(context, ats.url);
    const own = await windowOf(page);
    await own.getByRole('button', { name: 'Continue' }).waitFor();
    // A window of another sign-in, opened by this page, with a code that is good, but not for it.
    const other = await createSignInClient(proxy.url, ats.url).client.start();
    const paths = requestsOf(page);
    const opened = await windowOf(page, () => page.evaluate((url) => void window.open(url), other.authorizationUrl));
    await opened.getByRole('button', { name: 'Continue' }).click();
    await expect(opened.getByText('Go back to the page where you clicked “Sign in”.')).toBeVisible();
    await own.bringToFront();
    await own.getByRole('button', { name: 'Continue' }).click();
    await expect(inviteButton(page)).toBeVisible();
    assert.equal(paths.filter((path) => path === 'POST /v1/sign-in/redeem').length, 1);
  });
});

/** A page that somebody else has made. */
async function startEvil(test: TestContext): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Win a prize</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** In the page: what a script of the page could take of the key. */
async function exportKept(): Promise<string> {
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
    () => 'given away',
    (error: Error) => error.name,
  );
}

/** In the page, as a script of it could: renews twice, and then with the first handle again. */
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
  const [{ keyPair: keys, refreshToken: handle }] = reading.result as [
    { keyPair: CryptoKeyPair; refreshToken: string },
  ];
  const renew = async (held: string) => {
    const text = new TextEncoder().encode(`evalon renew ${held}`);
    const proof = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, text));
    return fetch(`${String(names.result[0])}/v1/sign-in/renew`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        handle: held,
        proof: btoa(String.fromCharCode(...proof))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', ''),
      }),
    });
  };
  const first = await renew(handle);
  const second = await renew(((await first.json()) as { handle: string }).handle);
  return { renewals: [first.status, second.status], replay: (await renew(handle)).status };
}
