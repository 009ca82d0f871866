/**
 * The hosted ATSs: fakes of their APIs, a company that has connected them and signs in by its provider, and pages under their
 * true addresses, as strict as a page can be.
 */
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { startAshby } from '../support/ats/ashby.ts';
import { startGreenhouse } from '../support/ats/greenhouse.ts';
import { startLever } from '../support/ats/lever.ts';
import { startWorkday } from '../support/ats/workday.ts';
import type { FoundBrowser } from '../support/browser.ts';
import { EXTENSION_ID, type ExtensionBrowser, launchWithExtension, type Unpacked } from '../support/extension.ts';
import { inviteIn, PATIENCE } from '../support/extension-panel.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { expect, type Frame, type Page } from '../support/page.ts';
import type { Settings } from '../support/proxy.ts';
import { startCompany } from './stack.ts';

export const PROJECT = 'proj_abc123';
export const ATSS = ['greenhouse', 'lever', 'ashby', 'workday'] as const;

export const emailOf = (name: string): string => `${name.toLowerCase()}@example.com`;

export const HOSTS = [
  'https://app.greenhouse.io',
  'https://hire.lever.co',
  'https://app.ashbyhq.com',
  'https://acme.myworkday.com',
];
export const POLICY =
  "default-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
export const PAGE = '<!doctype html><title>ATS</title><h1>Candidate</h1><p class="email"></p>';

const WORKDAY = {
  name: 'workday',
  hosts: ['*.myworkday.com'],
  ids: { application: 'text' },
  addresses: ['/acme/d/inst/{application}.htmld'],
};

export type Hosted = Awaited<ReturnType<typeof startHosted>>;

/** @param adapters page adapters beside Workday's. */
export async function startHosted(test: Pick<TestContext, 'after'>, adapters: object[] = [], changes: Settings = {}) {
  const provider = await startIdentityProvider();
  test.after(() => provider.close());
  const [greenhouse, lever, ashby, workday] = [
    await startGreenhouse(test),
    await startLever(test),
    await startAshby(test),
    await startWorkday(test),
  ];
  const company = await startCompany(test as TestContext, {
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
    ATS_ADAPTERS: JSON.stringify([WORKDAY, ...adapters]),
    ...changes,
  });
  await provider.register(company.proxy.url);
  const { evalon } = company;

  const isInvited = (email: string) => evalon.session(email, PROJECT) !== undefined;
  let made = 100;
  /** Add somebody whom the ATS knows, by their first name; answer the address of their page there. */
  const known: Record<(typeof ATSS)[number], (name: string) => string> = {
    greenhouse(name) {
      const [id, application] = [++made, ++made];
      greenhouse.candidates.push({
        id,
        first_name: name,
        last_name: 'Green',
        email_addresses: [{ value: emailOf(name) }],
      });
      greenhouse.applications.push({ id: application, candidate_id: id, job_id: 1 });
      return `https://app.greenhouse.io/people/${id}?application_id=${application}`;
    },
    lever: (name) => inLever(name, [emailOf(name)]),
    ashby(name) {
      const [id, application] = [randomUUID(), randomUUID()];
      const primaryEmailAddress = { value: emailOf(name) };
      ashby.candidates.push({ id, name, primaryEmailAddress, applicationIds: [application] });
      ashby.applications.push({ id: application, candidate: { id }, job: { id: 'job' } });
      return `https://app.ashbyhq.com/candidates/${id}/applications/${application}/feed`;
    },
    workday(name) {
      const id = `JA-${++made}`;
      const row = { Application_ID: id, Email: emailOf(name), First_Name: name, Last_Name: 'Day' };
      workday.rows.push({ ...row, Job_Requisition_ID: 'R-1' });
      return `https://acme.myworkday.com/acme/d/inst/${id}.htmld`;
    },
  };

  function inLever(name: string, emails: string[]): string {
    const id = randomUUID();
    lever.opportunities.push({ id, name, emails, applications: [{ id: `application-${id}`, posting: 'posting' }] });
    return `https://hire.lever.co/candidates/${id}`;
  }

  return {
    company,
    fakes: { greenhouse, lever, ashby, workday },
    known,
    inLever,
    isInvited,

    /** Clicks Invite once it has been in sight for long enough, and waits until it is known at Evalon. */
    async invite(frame: Frame, email: string): Promise<void> {
      await inviteIn(frame).waitFor(PATIENCE);
      await expect(async () => {
        if (!isInvited(email)) await inviteIn(frame).click({ timeout: 1_000 });
        await expect.poll(() => isInvited(email), { timeout: 1_000, intervals: [50] }).toBe(true);
      }).toPass({ ...PATIENCE, intervals: [500] });
    },

    /** The candidate finishes. */
    async complete(email: string): Promise<void> {
      await evalon.complete(evalon.session(email, PROJECT)?.session_uuid ?? '');
    },
  };
}

export interface HostedBrowser extends ExtensionBrowser {
  /** A new tab at this address. */
  open(address: string): Promise<Page>;
}

/** A recruiter's browser in which these hosts answer with the page of an ATS. */
export async function browseHosted(
  found: FoundBrowser,
  unpacked: Unpacked,
  { hosts = HOSTS, body = PAGE }: { hosts?: string[]; body?: string } = {},
): Promise<HostedBrowser> {
  const browser = await launchWithExtension(found, unpacked);
  for (const host of hosts) {
    await browser.context.route(`${host}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': POLICY }, body }),
    );
  }
  return {
    ...browser,
    async open(address) {
      const page = await browser.context.newPage();
      await page.goto(address);
      return page;
    },
  };
}
