/** An extension built without a proxy URL: its options, IT's policy, and pages on a company's own host. */
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';
import { buildUnpackedExtension, cloneWithNewId, EXTENSION_ID, type UnpackedExtension } from '../support/extension.ts';
import {
  findChip,
  inviteButton,
  readPanelText,
  signIn,
  WAIT_OPTIONS,
  waitForNewPage,
  waitForPanelText,
} from '../support/extension-panel.ts';
import { type Cleanup, createFileCleanup, expect, type Page, test } from './fixtures.ts';
import {
  emailFor,
  type HostedAtsStack,
  type HostedBrowser,
  launchHostedBrowser,
  PROJECT_ID,
  startHostedAts,
} from './hosted-pages.ts';

/** The API in a page of the extension. */
declare const chrome: { permissions: { request(permissions: { origins: string[] }): Promise<boolean> } };

const POLICY_FOLDER = '/etc/chromium/policies/managed';
const OWN_ORIGIN = 'https://boards.example.com';
const OTHER_PROJECT = 'proj_other';

/** A page adapter for Lever's candidates on pages of the company's own host. */
const BOARDS = {
  name: 'boards',
  ats: 'lever',
  hosts: ['boards.example.com'],
  ids: { opportunity: 'uuid' },
  addresses: ['/person/{opportunity}'],
};

const cleanup = createFileCleanup();
let hosted: HostedAtsStack;
let unpacked: UnpackedExtension;
/** A copy of the extension with its own id, so that the policy applies to the copy alone. */
let managed: UnpackedExtension;

test.beforeAll(async () => {
  unpacked = await buildUnpackedExtension('');
  managed = cloneWithNewId(unpacked);
  cleanup.after(unpacked.remove);
  cleanup.after(managed.remove);
  hosted = await startHostedAts(cleanup, [BOARDS], {
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

async function launch(
  launchOptions: LaunchOptions,
  cleanup: Cleanup,
  extension: UnpackedExtension,
): Promise<HostedBrowser> {
  const browser = await launchHostedBrowser(launchOptions, extension, {
    origins: ['https://hire.lever.co', OWN_ORIGIN],
  });
  cleanup.after(() => browser.close());
  return browser;
}

/** Denies permission requests and records the requested hosts. */
const denyPermissions = (optionsPage: Page) =>
  optionsPage.evaluate(() => {
    const requested: string[] = [];
    chrome.permissions.request = async ({ origins }) => {
      requested.push(...origins);
      return false;
    };
    Object.assign(globalThis, { requested });
  });

test.describe('an extension built without a proxy URL', { tag: '@release' }, () => {
  test('asks in its options for the proxy and for pages on the company’s own host', async ({
    launchOptions,
    cleanup,
  }) => {
    const browser = await launch(launchOptions, cleanup, unpacked);
    const page = await browser.openTab(hosted.addCandidate.lever('Olga'));
    const panel = await browser.openPanel(page);
    await waitForPanelText(panel, `doesn't have the address of your company's proxy`);
    const optionsPage = await waitForNewPage(browser.context, () =>
      panel.getByRole('button', { name: 'Open the options' }).click(),
    );
    const field = optionsPage.getByLabel("Address of your company's Evalon proxy");
    const save = async (address: string) => {
      await field.fill(address);
      await optionsPage.getByRole('button', { name: 'Save' }).click();
    };
    await save('http://evalon.example.com');
    await expect(optionsPage.getByText(/^That isn't the address of a proxy/)).toBeVisible();

    await denyPermissions(optionsPage);
    await save('https://evalon.example.com/elsewhere');
    await expect(optionsPage.getByText(/^Your browser can't reach this address/)).toBeVisible();
    expect(await optionsPage.evaluate('requested')).toEqual(['https://evalon.example.com/*']);
    await optionsPage.reload();
    await expect(field).toHaveValue('');

    await browser.grantHosts(['http://127.0.0.1/*', `${OWN_ORIGIN}/*`]);
    await save(hosted.stack.proxy.url);
    await expect(optionsPage.getByText(/^Saved/)).toBeVisible(WAIT_OPTIONS);
    await waitForPanelText(panel, 'Sign in to see assessments.');
    await page.bringToFront();
    await signIn(browser.context, panel);
    await waitForPanelText(panel, emailFor('Olga'));

    const ownPage = await browser.openTab(`${OWN_ORIGIN}/person/${hosted.addCandidate.lever('Ben').split('/').at(-1)}`);
    await panel.getByRole('button', { name: 'Inbox' }).click();
    await expect(panel.getByText(/^Some pages need your permission/)).toBeVisible(WAIT_OPTIONS);
    await panel.getByRole('button', { name: 'Candidate' }).click();
    await expect(findChip(ownPage)).toHaveCount(0);
    await optionsPage.bringToFront();
    await optionsPage.reload();
    await optionsPage.getByRole('button', { name: 'Allow boards.example.com' }).click();
    await expect(optionsPage.getByText('(allowed)')).toBeVisible(WAIT_OPTIONS);
    await ownPage.bringToFront();
    await waitForPanelText(panel, emailFor('Ben'));
    await hosted.invite(panel, emailFor('Ben'));
    await ownPage.reload();
    await waitForPanelText(panel, emailFor('Ben'));
    await expect(findChip(ownPage)).toHaveCount(1);
  });
});

/** Returns why the test cannot set a policy, or false if it can. Only Chromium on Linux reads the policy folder. */
function findPolicyObstacle(executablePath = ''): string | false {
  if (process.platform !== 'linux' || !/chromium/i.test(executablePath))
    return `the browser does not read ${POLICY_FOLDER}`;
  try {
    const firstCreated = mkdirSync(POLICY_FOLDER, { recursive: true });
    if (firstCreated) cleanup.after(() => rmSync(firstCreated, { recursive: true }));
    accessSync(POLICY_FOLDER, constants.W_OK);
    return false;
  } catch {
    return `${POLICY_FOLDER} is not writable`;
  }
}

test.describe('IT’s policy', { tag: '@release' }, () => {
  test('sets proxy, projects and adapters without any input by the recruiter', async ({ launchOptions, cleanup }) => {
    const obstacle = findPolicyObstacle(launchOptions.executablePath);
    test.skip(obstacle !== false, String(obstacle));
    const policy = {
      proxyUrl: hosted.stack.proxy.url,
      projects: [PROJECT_ID],
      adapters: [{ ...BOARDS, name: 'people', hosts: ['hire.lever.co'] }],
    };
    const file = `${POLICY_FOLDER}/evalon-test-${managed.id}.json`;
    cleanup.after(() => rmSync(file));
    writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [managed.id]: policy } } }));
    const browser = await launch(launchOptions, cleanup, managed);
    const optionsPage = await browser.openTab(`chrome-extension://${managed.id}/options.html`);
    await expect(optionsPage.getByText('Your IT team has set this.')).toBeVisible(WAIT_OPTIONS);
    await expect(optionsPage.getByText(hosted.stack.proxy.url)).toBeVisible();
    await expect(optionsPage.getByRole('textbox')).toHaveCount(0);

    const page = await browser.openTab(hosted.addCandidate.lever('Paul').replace('/candidates/', '/person/'));
    const panel = await browser.openPanel(page);
    await signIn(browser.context, panel);
    await waitForPanelText(panel, emailFor('Paul'));
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    expect(await readPanelText(panel)).toMatch(/Marketing/);
    expect(await readPanelText(panel)).not.toMatch(/Legal/);
    await page.close();

    await browser.openTab('https://hire.lever.co/person/00000000-0000-4000-8000-000000000000');
    await waitForPanelText(panel, "Can't identify this candidate");
    await panel.getByLabel('Email').fill('typed@example.com');
    await panel.getByLabel('Name').fill('Typed Person');
    await panel.getByRole('button', { name: 'This is the candidate' }).click();
    await inviteButton(panel).waitFor(WAIT_OPTIONS);
    expect(await readPanelText(panel)).toMatch(/Marketing/);
    expect(await readPanelText(panel)).not.toMatch(/Legal/);
  });
});
