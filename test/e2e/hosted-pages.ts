/**
 * The four ATSs that their vendors host: fakes of their APIs, and pages at their real URLs with the strictest CSP. The
 * company that uses the ATSs has single sign-on.
 */
import { randomUUID } from 'node:crypto';
import type { LaunchOptions } from '@playwright/test';
import { startFakeAshby } from '../support/ats/ashby.ts';
import { startFakeGreenhouse } from '../support/ats/greenhouse.ts';
import { startFakeLever } from '../support/ats/lever.ts';
import { startFakeWorkday } from '../support/ats/workday.ts';
import {
  buildUnpackedExtension,
  EXTENSION_ID,
  type ExtensionBrowser,
  launchWithExtension,
  type UnpackedExtension,
} from '../support/extension.ts';
import { inviteButton, POLL_OPTIONS, signIn, WAIT_OPTIONS, waitForPanelText } from '../support/extension-panel.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import type { Settings } from '../support/proxy.ts';
import { type Cleanup, expect, type Page } from './fixtures.ts';
import { findSessionId, startE2eStackWithProcess } from './stack.ts';

export const PROJECT_ID = 'proj_abc123';
export const ATS_NAMES = ['greenhouse', 'lever', 'ashby', 'workday'] as const;
export type AtsName = (typeof ATS_NAMES)[number];

export const emailFor = (name: string): string => `${name.toLowerCase()}@example.com`;

export const ATS_ORIGINS = [
  'https://app.greenhouse.io',
  'https://hire.lever.co',
  'https://app.ashbyhq.com',
  'https://acme.myworkday.com',
];
export const STRICT_CSP =
  "default-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
export const ATS_PAGE_HTML = '<!doctype html><title>ATS</title><h1>Candidate</h1><p class="email"></p>';

const WORKDAY_ADAPTER = {
  name: 'workday',
  hosts: ['*.myworkday.com'],
  ids: { application: 'text' },
  addresses: ['/acme/d/inst/{application}.htmld'],
};

export type HostedAtsStack = Awaited<ReturnType<typeof startHostedAts>>;

/**
 * Starts the fakes of the ATSs, an identity provider, and a proxy that is connected with them.
 * @param adapters page adapters in addition to Workday's.
 */
export async function startHostedAts(cleanup: Cleanup, adapters: object[] = [], changes: Settings = {}) {
  const provider = await startIdentityProvider();
  cleanup.after(() => provider.close());
  const [greenhouse, lever, ashby, workday] = [
    await startFakeGreenhouse(cleanup),
    await startFakeLever(cleanup),
    await startFakeAshby(cleanup),
    await startFakeWorkday(cleanup),
  ];
  const stack = await startE2eStackWithProcess(cleanup, {
    HOST_TOKEN_SECRET: undefined,
    ALLOWED_ORIGINS: `chrome-extension://${EXTENSION_ID}`,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GRANTS: JSON.stringify([
      { claim: 'groups', value: 'recruiters', projects: [PROJECT_ID], scope: 'read invite' },
    ]),
    ...greenhouse.settings,
    ...lever.settings,
    ...ashby.settings,
    ...workday.settings,
    ATS_ADAPTERS: JSON.stringify([WORKDAY_ADAPTER, ...adapters]),
    ...changes,
  });
  await provider.registerClient(stack.proxy.url);
  const { evalon } = stack;

  const isInvited = (email: string) => evalon.findSession(email, PROJECT_ID) !== undefined;
  let lastId = 100;
  /** Functions that add a candidate to an ATS and return the URL of the candidate's page. */
  const addCandidate: Record<AtsName, (name: string) => string> = {
    greenhouse(name) {
      const [id, applicationId] = [++lastId, ++lastId];
      greenhouse.candidates.push({
        id,
        first_name: name,
        last_name: 'Green',
        email_addresses: [{ value: emailFor(name) }],
      });
      greenhouse.applications.push({ id: applicationId, candidate_id: id, job_id: 1 });
      return `https://app.greenhouse.io/people/${id}?application_id=${applicationId}`;
    },
    lever: (name) => addLeverCandidate(name, [emailFor(name)]),
    ashby(name) {
      const [id, applicationId] = [randomUUID(), randomUUID()];
      const primaryEmailAddress = { value: emailFor(name) };
      ashby.candidates.push({ id, name, primaryEmailAddress, applicationIds: [applicationId] });
      ashby.applications.push({ id: applicationId, candidate: { id }, job: { id: 'job' } });
      return `https://app.ashbyhq.com/candidates/${id}/applications/${applicationId}/feed`;
    },
    workday(name) {
      const id = `JA-${++lastId}`;
      const row = { Application_ID: id, Email: emailFor(name), First_Name: name, Last_Name: 'Day' };
      workday.rows.push({ ...row, Job_Requisition_ID: 'R-1' });
      return `https://acme.myworkday.com/acme/d/inst/${id}.htmld`;
    },
  };

  function addLeverCandidate(name: string, emails: string[]): string {
    const id = randomUUID();
    lever.opportunities.push({ id, name, emails, applications: [{ id: `application-${id}`, posting: 'posting' }] });
    return `https://hire.lever.co/candidates/${id}`;
  }

  return {
    stack,
    fakes: { greenhouse, lever, ashby, workday },
    addCandidate,
    addLeverCandidate,
    isInvited,

    /** Clicks Invite in the side panel, and waits for the session at Evalon. */
    async invite(panel: Page, email: string): Promise<void> {
      await inviteButton(panel).click(WAIT_OPTIONS);
      await expect.poll(() => isInvited(email), POLL_OPTIONS).toBe(true);
    },

    async complete(email: string, scorecard?: object): Promise<void> {
      await evalon.completeSession(findSessionId(evalon, email, PROJECT_ID), scorecard && { scorecard });
    },
  };
}

export interface HostedBrowser extends ExtensionBrowser {
  openTab(address: string): Promise<Page>;
}

/** Launches a recruiter's browser in which these origins return the page of an ATS. */
export async function launchHostedBrowser(
  options: LaunchOptions,
  unpacked: UnpackedExtension,
  {
    origins = ATS_ORIGINS,
    body = ATS_PAGE_HTML,
    language,
  }: { origins?: string[]; body?: string; language?: string } = {},
): Promise<HostedBrowser> {
  const browser = await launchWithExtension(options, unpacked, language);
  for (const origin of origins) {
    await browser.context.route(`${origin}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': STRICT_CSP }, body }),
    );
  }
  return {
    ...browser,
    async openTab(address) {
      const page = await browser.context.newPage();
      await page.goto(address);
      return page;
    },
  };
}

/** Starts the ATSs and a browser with the extension, whose side panel is open and signed in. */
export async function startSignedInExtension(launchOptions: LaunchOptions, cleanup: Cleanup, adapters: object[] = []) {
  const hosted = await startHostedAts(cleanup, adapters);
  const unpacked = await buildUnpackedExtension(hosted.stack.proxy.url);
  cleanup.after(unpacked.remove);
  const browser = await launchHostedBrowser(launchOptions, unpacked);
  cleanup.after(() => browser.close());
  const page = await browser.openTab(hosted.addCandidate.lever('First'));
  const panel = await browser.openPanel(page);
  await expect(panel.getByText('Sign in to see assessments.')).toBeVisible(WAIT_OPTIONS);
  await signIn(browser.context, panel);
  await waitForPanelText(panel, emailFor('First'));
  await page.close();
  return { hosted, unpacked, browser, panel };
}
