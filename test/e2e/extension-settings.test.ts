/** An extension that was built for no proxy in particular: its options, a policy of IT's, and pages on a tenant's own host. */
import assert from 'node:assert/strict';
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, it, type TestContext } from 'node:test';
import { type BrowserLaunchOptions, findFullBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { buildUnpackedExtension, cloneWithNewId, EXTENSION_ID, type UnpackedExtension } from '../support/extension.ts';
import {
  inviteButton,
  readPanelText,
  signIn,
  WAIT_OPTIONS,
  waitForNewPage,
  waitForPanel,
  waitForPanelText,
} from '../support/extension-panel.ts';
import { expect, type Page } from '../support/page.ts';
import {
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  launchHostedBrowser,
  PROJECT_ID,
  startHostedAts,
} from './hosted-pages.ts';

/** In a page of the extension. */
declare const chrome: { permissions: { request(what: { origins: string[] }): Promise<boolean> } };

const found = await findFullBrowser();
const POLICIES = '/etc/chromium/policies/managed';
const OWN_HOST = 'https://boards.example.com';
const OTHER_PROJECT = 'proj_other';

/** Pages of Lever’s candidates on a host of the company's own. */
const BOARDS = {
  name: 'boards',
  ats: 'lever',
  hosts: ['boards.example.com'],
  ids: { opportunity: 'uuid' },
  addresses: ['/person/{opportunity}'],
};

const ends: (() => unknown)[] = [];
const ending = { after: (end: () => unknown) => void ends.push(end) };
let hosted: HostedAtsStack;
let unpacked: UnpackedExtension;
/** The same under an id that no other browser of these tests has: what a policy says is for it alone. */
let managed: UnpackedExtension;

before(async () => {
  if (!found) return;
  unpacked = await buildUnpackedExtension('');
  managed = cloneWithNewId(unpacked);
  ends.push(unpacked.remove, managed.remove);
  hosted = await startHostedAts(ending, [BOARDS], {
    ALLOWED_ORIGINS: [EXTENSION_ID, managed.id].map((id) => `chrome-extension://${id}`).join(),
    ASSESSMENTS: JSON.stringify([
      { project_id: PROJECT_ID, assessment_type: 'marketing', label: 'Marketing' },
      { project_id: OTHER_PROJECT, assessment_type: 'legal', label: 'Legal' },
    ]),
    OIDC_GRANTS: JSON.stringify([
      { claim: 'groups', value: 'recruiters', projects: [PROJECT_ID, OTHER_PROJECT], scope: 'read invite' },
    ]),
  });
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

async function browse(test: TestContext, which: UnpackedExtension): Promise<HostedBrowser> {
  const browser = await launchHostedBrowser(found as BrowserLaunchOptions, which, {
    hosts: ['https://hire.lever.co', OWN_HOST],
  });
  test.after(() => browser.close());
  return browser;
}

/** The recruiter's no; answers what they were asked. */
const refuse = (options: Page) =>
  options.evaluate(() => {
    const asked: string[] = [];
    chrome.permissions.request = async ({ origins }) => {
      asked.push(...origins);
      return false;
    };
    Object.assign(globalThis, { asked });
  });

describe('an extension that was built for no proxy in particular', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  it('asks for the proxy in its options, and the browser for that one host; then for pages on a host that IT’s adapter names', async (test) => {
    const browser = await browse(test, unpacked);
    const page = await browser.openTab(hosted.known.lever('Olga'));
    const panel = await waitForPanelText(page, 'does not know your company’s Evalon proxy yet');
    const options = await waitForNewPage(page, () => panel.getByRole('button', { name: 'Open the options' }).click());
    const field = options.getByLabel('Address of your company’s Evalon proxy');
    const save = async (address: string) => {
      await field.fill(address);
      await options.getByRole('button', { name: 'Save' }).click();
    };
    await save('http://evalon.example.com');
    await expect(options.getByText(/^This is no address of a proxy/)).toBeVisible();

    await refuse(options);
    await save('https://evalon.example.com/elsewhere');
    await expect(options.getByText(/^The browser may not reach this address/)).toBeVisible();
    assert.deepEqual(await options.evaluate('asked'), ['https://evalon.example.com/*']);
    await options.reload();
    await expect(field).toHaveValue('');

    await browser.grantHosts(['http://127.0.0.1/*', `${OWN_HOST}/*`]);
    await save(hosted.company.proxy.url);
    await expect(options.getByText(/^Saved/)).toBeVisible(WAIT_OPTIONS);
    await signIn(page, await waitForPanelText(page, 'Sign in to see assessments.'));
    await waitForPanelText(page, emailFor('Olga'));

    const own = await browser.openTab(`${OWN_HOST}/person/${hosted.known.lever('Ben').split('/').at(-1)}`);
    const inbox = await browser.openTab(`chrome-extension://${unpacked.id}/inbox.html`);
    await expect(inbox.getByText(/^There are pages on which/)).toBeVisible(WAIT_OPTIONS);
    assert.equal(own.frames().length, 1);
    await options.reload();
    await options.getByRole('button', { name: 'Allow boards.example.com' }).click();
    await expect(options.getByText('(allowed)')).toBeVisible(WAIT_OPTIONS);
    await own.bringToFront();
    await hosted.invite(await waitForPanelText(own, emailFor('Ben')), emailFor('Ben'));
    await own.reload();
    await waitForPanelText(own, emailFor('Ben'));
  });
});

/** Why no policy can be set here; false where one can. Only Chromium by that name reads this folder, and only on Linux. */
function cannotSetPolicies(): string | false {
  if (!found) return NO_BROWSER_MESSAGE;
  if (process.platform !== 'linux' || !/chromium/i.test(found.executablePath)) return `it does not read ${POLICIES}`;
  try {
    const made = mkdirSync(POLICIES, { recursive: true });
    if (made) ends.push(() => rmSync(made, { recursive: true }));
    accessSync(POLICIES, constants.W_OK);
    return false;
  } catch {
    return `${POLICIES} cannot be written to`;
  }
}

describe('a policy of IT’s', { skip: cannotSetPolicies() }, () => {
  it('says proxy, projects and adapters, and leaves the recruiter nothing to type', async (test) => {
    const policy = {
      proxyUrl: hosted.company.proxy.url,
      projects: [PROJECT_ID],
      adapters: [{ ...BOARDS, name: 'people', hosts: ['hire.lever.co'] }],
    };
    const file = `${POLICIES}/evalon-test-${managed.id}.json`;
    test.after(() => rmSync(file));
    writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [managed.id]: policy } } }));
    const browser = await browse(test, managed);
    const options = await browser.openTab(`chrome-extension://${managed.id}/options.html`);
    await expect(options.getByText('Your IT team has set this.')).toBeVisible(WAIT_OPTIONS);
    await expect(options.getByText(hosted.company.proxy.url)).toBeVisible();
    await expect(options.getByRole('textbox')).toHaveCount(0);

    const page = await browser.openTab(hosted.known.lever('Paul').replace('/candidates/', '/person/'));
    await signIn(page, await waitForPanel(page));
    const panel = await waitForPanelText(page, emailFor('Paul'));
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    assert.match(await readPanelText(panel), /Marketing/);
    assert.doesNotMatch(await readPanelText(panel), /Legal/);
    await page.close();

    const unknown = await browser.openTab('https://hire.lever.co/person/00000000-0000-4000-8000-000000000000');
    const form = await waitForPanelText(unknown, 'Cannot identify this candidate');
    await form.getByLabel('Email').fill('typed@example.com');
    await form.getByLabel('Name').fill('Typed Person');
    await form.getByRole('button', { name: 'This is the candidate' }).click();
    await inviteButton(form).waitFor(WAIT_OPTIONS);
    assert.match(await readPanelText(form), /Marketing/);
    assert.doesNotMatch(await readPanelText(form), /Legal/);
  });
});
