/** Serves a sandbox and a minimal fake of the proxy on one port. `npm start` serves the sandbox with the real proxy. */
import type { TestContext } from 'node:test';
import express, { type RequestHandler } from 'express';
import { createRandomNetwork } from '../../../proxy/sandbox/evalon/network-conditions.ts';
import { createSandbox, type Sandbox } from '../../../proxy/sandbox/sandbox.ts';
import { startHttpServer } from '../../support/http-server.ts';

export interface Webhook {
  event: string;
  session_uuid: string;
  assessment_type: string;
  score_summary?: { overall: number; sections: { name: string; score: number }[] };
  completed_at?: string;
}

export const API_KEY = 'eva_test_sandbox';
export const ADA = {
  assessment_type: 'marketing',
  candidate_email: 'ada.demo@example.com',
  candidate_name: 'Ada Demo',
  project_id: 'proj_demo_marketing',
};

/** With this random number, every webhook is sent once, in order, after the scorecard is readable. */
export const PROMPT_NETWORK = createRandomNetwork(() => 0.5);
/**
 * With this random number, every webhook is late and sent twice. The completion is reported before its scorecard is
 * readable.
 */
export const SLOW_NETWORK = createRandomNetwork(() => 0.1);

/** The proxy's record of how a recruiter gave the link to a candidate. */
interface Handover {
  token?: string;
  kind: string;
  channel: string;
}

interface CreatedSession {
  session_uuid: string;
  candidate_url: string;
  assessment_type: string;
}

export async function startSandbox(test: TestContext, network = PROMPT_NETWORK, databaseFile = ':memory:') {
  const webhooks: Webhook[] = [];
  const state = {
    skippedMs: 0,
    shouldRefuseWebhooks: false,
    refusedWebhookCount: 0,
    inviteCount: 0,
    batchSizes: [] as number[],
  };
  const handovers: Handover[] = [];
  let nextWebhook = Promise.withResolvers<void>();
  let sandbox: Sandbox | undefined;

  const app = express();
  app.post('/webhooks/evalon/token', express.json(), (request, response) => {
    response.sendStatus(state.shouldRefuseWebhooks ? 503 : 202);
    if (state.shouldRefuseWebhooks) state.refusedWebhookCount += 1;
    else webhooks.push(request.body as Webhook);
    nextWebhook.resolve();
    nextWebhook = Promise.withResolvers<void>();
  });
  app.post('/v1/sessions', express.json(), async (request, response) => {
    state.inviteCount += 1;
    response.status(201).json(await createSession(request.body as object));
  });
  app.get('/v1/sessions/:uuid', ({ params: { uuid } }, response) => {
    response.json({ status: listEvents(webhooks, uuid).findLast((event) => event !== 'created') ?? 'invited' });
  });
  // The sandbox does not read the content of the following responses.
  app.get('/v1/sessions/:uuid/scorecard', (_request, response) => void response.json({}));
  app.post('/v1/sessions/:uuid/handovers', express.json(), (request, response) => {
    handovers.push({ token: request.get('authorization')?.replace('Bearer ', ''), ...request.body });
    response.status(201).json({});
  });
  app.post('/v1/batches', express.json(), async (request, response) => {
    const { candidates, ...assessment } = request.body as { candidates: object[] };
    state.batchSizes.push(candidates.length);
    for (const candidate of candidates) await createSession({ ...assessment, ...candidate });
    response.status(202).json({});
  });
  const delegate: RequestHandler = (...args) => sandbox?.router(...args);
  app.use(delegate);
  const server = await startHttpServer(app);
  const { url } = server;

  const openSandbox = () => {
    sandbox = createSandbox({
      publicUrl: url,
      webhookUrl: `${url}/webhooks/evalon/token`,
      apiKey: API_KEY,
      databaseFile,
      atsDatabaseFile: ':memory:',
      log: () => {},
      clock: { now: () => Date.now() + state.skippedMs },
      network,
    });
    return sandbox;
  };
  openSandbox();
  test.after(async () => {
    await sandbox?.close();
    await server.close();
  });

  /** Calls the simulated Evalon's API. */
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/evalon/api/v1/${path}`, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', ...init.headers },
    });
  const postSession = (body: object) => call('sessions/', { method: 'POST', body: JSON.stringify(body) });
  const createSession = async (body: object) => (await (await postSession(body)).json()) as CreatedSession;
  return {
    url,
    state,
    webhooks,
    handovers,
    call,
    postSession,
    createSession,
    restartSandbox: openSandbox,
    readScorecard: (uuid: string) => call(`sessions/${uuid}/scorecard/`),
    getSandbox: () => sandbox as Sandbox,
    async waitForWebhooks(isEnough: (webhooks: Webhook[]) => boolean) {
      while (!isEnough(webhooks)) await nextWebhook.promise;
    },
    /** Advances the clock, and sends an invite, so that the sandbox notices the new time. */
    async skip(ms: number) {
      state.skippedMs += ms;
      await createSession({ ...ADA, candidate_email: `skip-${state.skippedMs}@example.com` });
    },
  };
}

export function submitForm(url: string, fields: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
}

/** Chooses the same option for every question, and writes the same text everywhere. */
export function fillForm(page: string, option: string, text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name = ''] of page.matchAll(/type="radio" name="([\w-]+)"/g)) fields[name] = option;
  for (const [, name = ''] of page.matchAll(/<textarea id="([\w-]+)"/g)) fields[name] = text;
  fields['section'] = /name="section" value="(\d)"/.exec(page)?.[1] ?? '';
  return fields;
}

/** Answers the whole assessment. Returns the last page. */
export async function takeAssessment(
  link: string,
  option = '1',
  text = 'The channel first, then the funnel.',
): Promise<string> {
  await fetch(link);
  let page = await (await submitForm(`${link}/start`)).text();
  while (page.includes('/answers"')) {
    page = await (await submitForm(`${link}/answers`, fillForm(page, option, text))).text();
  }
  return page;
}

export function listEvents(webhooks: Webhook[], uuid: string): string[] {
  return webhooks.filter(({ session_uuid }) => session_uuid === uuid).map(({ event }) => event.replace('session.', ''));
}
