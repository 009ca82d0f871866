import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it, type TestContext } from 'node:test';
import { startAshby } from '../support/ats/ashby.ts';
import { startGreenhouse } from '../support/ats/greenhouse.ts';
import { type FakeLever, startLever } from '../support/ats/lever.ts';
import { startWorkday } from '../support/ats/workday.ts';
import { type FoundBrowser, findBrowser, NO_BROWSER } from '../support/browser.ts';
import { EXTENSION_ID, type ExtensionBrowser, launchWithExtension } from '../support/extension.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { expect, type Frame, type Page } from '../support/page.ts';
import { freePort, spawnProxy, temporaryFolder } from '../support/proxy.ts';
import { startCompany } from './company.ts';

const found = await findBrowser();
const PROJECT = 'proj_abc123';
const PATIENCE = { timeout: 30_000 };
const LOOK = { ...PATIENCE, intervals: [50] };
const HOSTS = [
  'https://app.greenhouse.io',
  'https://hire.lever.co',
  'https://app.ashbyhq.com',
  'https://acme.myworkday.com',
];

/** An ATS's page under its true address, as strict as a page can be. */
const PAGE = '<!doctype html><title>ATS</title><h1>Candidate</h1><p class="email"></p>';
const POLICY = "default-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const ends: (() => unknown)[] = [];
const ending = { after: (end: () => unknown) => void ends.push(end) };
let company: Awaited<ReturnType<typeof startCompany>>;
let lever: FakeLever;
let browser: ExtensionBrowser;

/** Somebody whom Lever knows; answers the address of their page. */
function inLever(name: string, emails = [`${name.toLowerCase()}@example.com`], id: string = randomUUID()): string {
  lever.opportunities.push({ id, name, emails, applications: [{ id: `application-${id}`, posting: 'posting' }] });
  return `https://hire.lever.co/candidates/${id}`;
}

const isInvited = (email: string) => company.evalon.session(email, PROJECT) !== undefined;

async function open(address: string): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(address);
  return page;
}

const framesOf = (page: Page) => page.frames().filter((frame) => frame.url().startsWith('chrome-extension:'));

/** The one panel on the page. */
async function panelOf(page: Page): Promise<Frame> {
  await expect.poll(() => framesOf(page).length, LOOK).toBe(1);
  return framesOf(page)[0] as Frame;
}

/** The panel, once it shows this person. */
async function panelFor(page: Page, email: string): Promise<Frame> {
  await expect.poll(async () => textOf(await panelOf(page)), LOOK).toContain(email);
  return panelOf(page);
}

/** All that a panel shows; nothing where it is gone. */
const textOf = (frame: Frame) =>
  frame
    .evaluate(
      () => `${document.body.textContent} ${document.querySelector('evalon-assessments')?.shadowRoot?.textContent}`,
    )
    .catch(() => '');

const inviteIn = (frame: Frame) => frame.getByRole('button', { name: /^Invite/ }).first();

/** As a page does that shows the next candidate in place. */
const switchTo = (page: Page, address: string) =>
  page.evaluate(async (next) => {
    history.pushState({}, '', next);
    await new Promise(requestAnimationFrame);
  }, address);

/** Clicks Invite once it has been in sight for long enough, and waits until it is known at Evalon. */
async function invite(frame: Frame, email: string): Promise<void> {
  await inviteIn(frame).waitFor(PATIENCE);
  await expect(async () => {
    if (!isInvited(email)) await inviteIn(frame).click({ timeout: 1_000 });
    await expect.poll(() => isInvited(email), { timeout: 1_000, intervals: [50] }).toBe(true);
  }).toPass({ ...PATIENCE, intervals: [500] });
}

before(async () => {
  if (!found) return;
  const provider = await startIdentityProvider();
  ends.push(() => provider.close());
  const [greenhouse, ashby, workday] = [
    await startGreenhouse(ending),
    await startAshby(ending),
    await startWorkday(ending),
  ];
  lever = await startLever(ending);
  greenhouse.candidates.push(person(101, 'Grace', 'Hopper'), person(103, 'Merged', 'Person'));
  greenhouse.applications.push({ id: 201, candidate_id: 101, job_id: 1 }, { id: 202, candidate_id: 103, job_id: 1 });
  ashby.candidates.push({
    id: ASHBY,
    name: 'Alan Turing',
    primaryEmailAddress: { value: 'alan@example.com' },
    applicationIds: [ASHBY_APPLICATION],
  });
  ashby.applications.push({ id: ASHBY_APPLICATION, candidate: { id: ASHBY }, job: { id: 'job' } });
  workday.rows.push({
    Application_ID: 'JA-7',
    Email: 'wendy@example.com',
    First_Name: 'Wendy',
    Last_Name: 'Workday',
    Job_Requisition_ID: 'R-1',
  });
  company = await startCompany(ending as TestContext, {
    HOST_TOKEN_SECRET: undefined,
    ALLOWED_ORIGINS: `chrome-extension://${EXTENSION_ID}`,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GRANTS: JSON.stringify([{ claim: 'groups', value: 'recruiters', projects: [PROJECT], scope: 'read invite' }]),
    ...greenhouse.settings,
    ...lever.settings,
    ...ashby.settings,
    ...workday.settings,
    ATS_ADAPTERS: JSON.stringify([
      {
        name: 'workday',
        hosts: ['*.myworkday.com'],
        ids: { application: 'text' },
        addresses: ['/acme/d/inst/{application}.htmld'],
      },
      { name: 'greenhouse', email: ['.email'] },
    ]),
  });
  await provider.register(company.proxy.url);
  browser = await launchWithExtension(found, company.proxy.url);
  ends.push(() => browser.close());
  for (const host of HOSTS) {
    await browser.context.route(`${host}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': POLICY }, body: PAGE }),
    );
  }
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

const [ASHBY, ASHBY_APPLICATION] = [randomUUID(), randomUUID()];

function person(id: number, first: string, last: string) {
  const value = `${first.toLowerCase()}@example.com`;
  return { id, first_name: first, last_name: last, email_addresses: [{ value }] };
}

describe('the browser extension', { skip: found ? false : NO_BROWSER }, () => {
  it('signs in by the browser’s own window, invites whom Lever’s address names, and shows the result live', async () => {
    const page = await open(inLever('Ada'));
    const panel = await panelOf(page);
    await expect(panel.getByText('Sign in to see assessments.')).toBeVisible(PATIENCE);
    const [opened] = await Promise.all([
      browser.context.waitForEvent('page', PATIENCE),
      panel.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await opened.getByRole('button', { name: 'Continue' }).click(PATIENCE);
    await invite(await panelFor(page, 'ada@example.com'), 'ada@example.com');
    await expect(panel.getByText(/^\s*Invited/).first()).toBeVisible(PATIENCE);
    const session = company.evalon.session('ada@example.com', PROJECT);
    await company.evalon.complete(session?.session_uuid ?? '');
    await expect(panel.getByText('Completed').first()).toBeVisible(PATIENCE);
    await expect(panel.getByText(/^82$/).first()).toBeVisible(PATIENCE);
    await page.close();
  });

  for (const [ats, address, email] of [
    ['Greenhouse', 'https://app.greenhouse.io/people/101?application_id=201', 'grace@example.com'],
    ['Ashby', `https://app.ashbyhq.com/candidates/${ASHBY}/applications/${ASHBY_APPLICATION}/feed`, 'alan@example.com'],
    ['Workday', 'https://acme.myworkday.com/acme/d/inst/JA-7.htmld', 'wendy@example.com'],
  ] as const) {
    it(`invites whom ${ats}’s address names, without signing in anew`, async () => {
      const page = await open(address);
      const panel = await panelFor(page, email);
      await invite(panel, email);
      const session = company.evalon.session(email, PROJECT);
      await company.evalon.complete(session?.session_uuid ?? '');
      await expect(panel.getByText('Completed').first()).toBeVisible(PATIENCE);
      await page.close();
    });
  }

  it('never shows or invites another than the page names, over 50 switches, back, forward, a reload and an answer too late', async () => {
    const names = ['Berta', 'Carl', 'Dora'];
    const addresses = names.map((name) => inLever(name));
    const emailOf = (turn: number) => `${names[turn % 3]?.toLowerCase()}@example.com`;
    const page = await open(addresses[0] ?? '');
    await panelFor(page, emailOf(0));
    const wrong = async (turn: number) => {
      const others = names.map((_, n) => emailOf(n)).filter((email) => email !== emailOf(turn));
      const shown = (await Promise.all(framesOf(page).map(textOf))).join();
      return others.filter((email) => shown.includes(email));
    };
    for (let turn = 1; turn <= 50; turn++) {
      const before = framesOf(page);
      await switchTo(page, addresses[turn % 3] ?? '');
      await expect.poll(() => before.every((frame) => frame.isDetached()), LOOK).toBe(true);
      assert.deepEqual(await wrong(turn), [], `switch ${turn}`);
      if (turn % 10) continue;
      await panelFor(page, emailOf(turn));
      assert.deepEqual(await wrong(turn), [], `switch ${turn}`);
    }
    await page.goBack();
    await panelFor(page, emailOf(49));
    await page.goForward();
    await panelFor(page, emailOf(50));

    const late = inLever('Late');
    lever.instead = () => ({ body: undefined });
    await switchTo(page, late);
    await expect.poll(() => lever.calls.at(-1)?.path, LOOK).toContain(late.split('/').at(-1));
    await page.evaluate((next) => history.replaceState({}, '', next), addresses[0] ?? '');
    lever.instead = undefined;
    await page.reload();
    await invite(await panelFor(page, emailOf(0)), emailOf(0));
    assert.deepEqual(await wrong(0), []);
    for (const email of [emailOf(1), emailOf(2), 'late@example.com']) assert.equal(isInvited(email), false, email);
    await page.close();
  });

  it('asks who it is where the ATS knows nobody, no email, or two; and invites whom the recruiter then names', async () => {
    const nameless = [
      `https://hire.lever.co/candidates/${randomUUID()}`,
      inLever('Mute', []),
      'https://app.greenhouse.io/people/101?application_id=202',
    ];
    for (const address of nameless) {
      const page = await open(address);
      const panel = await panelOf(page);
      await expect(panel.getByText('Cannot identify this candidate')).toBeVisible(PATIENCE);
      await expect(inviteIn(panel)).toHaveCount(0);
      await page.close();
    }
    const page = await open(nameless[0] ?? '');
    const panel = await panelOf(page);
    await panel.getByLabel('Email').fill('typed@example.com', PATIENCE);
    await panel.getByLabel('Name').fill('Typed Person');
    await panel.getByRole('button', { name: 'This is the candidate' }).click();
    await panelFor(page, 'typed@example.com');
    assert.equal(isInvited('typed@example.com'), false);
    await invite(panel, 'typed@example.com');
    await page.close();
  });

  it('goes by the application where Greenhouse has merged the person', async () => {
    const page = await open('https://app.greenhouse.io/people/102?application_id=202');
    await panelFor(page, 'merged@example.com');
    await page.close();
  });

  it('names nobody where the page shows somebody else without a new address', async () => {
    const page = await open('https://app.greenhouse.io/people/101?application_id=201');
    await page.evaluate(() =>
      Object.assign(document.querySelector('.email') as object, { textContent: 'grace@example.com' }),
    );
    await panelFor(page, 'grace@example.com');
    await page.waitForFunction(() => performance.now() > 3_000);
    await page.evaluate(() =>
      Object.assign(document.querySelector('.email') as object, { textContent: 'eve@example.com' }),
    );
    await expect.poll(async () => textOf(await panelOf(page)), LOOK).toContain('Cannot identify this candidate');
    await expect(inviteIn(await panelOf(page))).toHaveCount(0);
    assert.equal(isInvited('eve@example.com'), false);
    await page.close();
  });

  it('gives a page of the ATS neither token nor result, and takes no message of it', async () => {
    const page = await open(inLever('Walled'));
    const panel = await panelFor(page, 'walled@example.com');
    await inviteIn(panel).waitFor(PATIENCE);
    const got = await page.evaluate(async (id) => {
      const inner = window.frames[0];
      const attempts = [
        () => inner,
        () => (globalThis as { chrome?: { storage?: unknown; runtime?: { sendMessage?: unknown } } }).chrome?.storage,
        () => document.querySelector('div')?.shadowRoot,
      ].map((attempt) => {
        try {
          return String(attempt());
        } catch (error) {
          return (error as Error).name;
        }
      });
      const own = document.createElement('iframe');
      own.src = `chrome-extension://${id}/panel.html#forged`;
      const loaded = new Promise((resolve) => own.addEventListener('load', resolve));
      document.body.append(own);
      await loaded;
      for (const message of [{ ask: 'invite' }, { ask: 'who' }, { confirmed: true }]) {
        own.contentWindow?.postMessage(message, '*');
      }
      const databases = await indexedDB.databases();
      return [...attempts, databases.length, document.documentElement.outerHTML.includes('walled@example.com')];
    }, EXTENSION_ID);
    assert.deepEqual(got, ['undefined', 'undefined', 'null', 0, false]);
    for (const frame of page.frames().filter((one) => one !== panel)) {
      assert.doesNotMatch(await textOf(frame), /walled@example\.com/);
    }
    await page.close();
    assert.equal(isInvited('walled@example.com'), false);
  });

  it('does not let a page invite by a click that it has lured: the extension’s own tab asks, and the page is looked at again', async () => {
    const page = await open(inLever('Lured'));
    const panel = await panelFor(page, 'lured@example.com');
    await inviteIn(panel).waitFor(PATIENCE);
    await page.evaluate(() => {
      const cover = document.createElement('section');
      cover.textContent = 'Win a prize';
      cover.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none';
      document.documentElement.append(cover);
    });
    const confirmation = async () => {
      const opened = browser.context.waitForEvent('page', PATIENCE);
      // As long as the browser has not told what lies over the button, the panel asks for another click.
      do await inviteIn(panel).click({ ...PATIENCE, force: true });
      while (await panel.getByText(/^Click once more/).isVisible());
      const tab = await opened;
      await tab.getByText('lured@example.com').waitFor(PATIENCE);
      return tab;
    };
    await panel.evaluate(() =>
      document
        .querySelector('evalon-assessments')
        ?.shadowRoot?.querySelector<HTMLElement>('[part=invite-button]')
        ?.click(),
    );
    await (await confirmation()).getByRole('button', { name: 'Cancel' }).click();
    await expect(panel.getByText('Nobody was invited.')).toBeVisible(PATIENCE);
    assert.equal(isInvited('lured@example.com'), false);

    const asked = await confirmation();
    await switchTo(page, inLever('Other'));
    await panelFor(page, 'other@example.com');
    await asked
      .getByRole('button', { name: 'Invite Lured' })
      .click(PATIENCE)
      .catch(() => {});
    await page.bringToFront();
    await panelFor(page, 'other@example.com');
    for (const email of ['lured@example.com', 'other@example.com']) assert.equal(isInvited(email), false, email);
    await page.close();
  });

  it('says that the proxy is down, and shows the candidate after a retry', async () => {
    await browser.context.route(`${company.proxy.url}/v1/candidates/resolve`, (route) => route.abort());
    const page = await open(inLever('Patient'));
    const panel = await panelOf(page);
    await expect(panel.getByText('Assessments cannot be reached.')).toBeVisible(PATIENCE);
    await browser.context.unroute(`${company.proxy.url}/v1/candidates/resolve`);
    await panel.getByRole('button', { name: 'Retry' }).click();
    await panelFor(page, 'patient@example.com');
    await page.close();
  });

  it('works in the sandbox, on imitations of all four, while candidates change in place', async (test) => {
    const { folder, remove } = temporaryFolder();
    const proxy = await spawnProxy({ PORT: String(await freePort()), DATABASE_URL: `file:${folder}/sandbox.db` });
    const tried = await launchWithExtension(found as FoundBrowser, proxy.url);
    test.after(async () => {
      await tried.close();
      await proxy.kill('SIGKILL');
      remove();
    });
    const page = await tried.context.newPage();
    for (const name of ['Greenhouse', 'Lever', 'Ashby', 'Workday']) {
      await page.goto(`${proxy.url}/imitation`);
      await page.getByRole('link', { name: `Imitation of ${name}` }).click();
      const first = await page.getByRole('heading', { level: 2 }).textContent();
      await panelFor(page, first ?? '');
      await page.getByRole('link', { name: 'Next' }).click();
      await expect(page.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '');
      await panelFor(page, (await page.getByRole('heading', { level: 2 }).textContent()) ?? '');
    }
  });
});
