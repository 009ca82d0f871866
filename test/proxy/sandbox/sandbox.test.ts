/** The sandbox as the proxy and a candidate's browser meet it: over HTTP, on a port of its own. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import express, { type RequestHandler } from 'express';
import { createSandbox, type Sandbox } from '../../../proxy/sandbox/sandbox.ts';

interface Webhook {
  event: string;
  session_uuid: string;
  assessment_type: string;
  score_summary?: { overall: number; sections: { name: string; score: number }[] };
  completed_at?: string;
}

const KEY = 'eva_test_sandbox';
const ADA = {
  assessment_type: 'marketing',
  candidate_email: 'ada.demo@example.com',
  candidate_name: 'Ada Demo',
  project_id: 'proj_demo_marketing',
};
/** Above every threshold of misfortune: webhooks set out at once, once, after the scorecard. */
const LUCKY = () => 0.5;
/** Below every threshold: each webhook late and twice, the completion ahead of its scorecard. */
const UNLUCKY = () => 0.1;

function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A sandbox and a stand-in for the proxy on one port, as `npm start` has them; `skip` moves the clock. */
async function startSandbox(test: TestContext, random: () => number = LUCKY, databaseFile = ':memory:') {
  const webhooks: Webhook[] = [];
  const state = { skipped: 0, refuseWebhooks: false, refused: 0, invitations: 0 };
  let arrived = Promise.withResolvers<void>();
  let sandbox: Sandbox | undefined;

  const app = express();
  app.post('/webhooks/evalon/token', express.json(), (request, response) => {
    response.sendStatus(state.refuseWebhooks ? 503 : 202);
    if (state.refuseWebhooks) state.refused += 1;
    else webhooks.push(request.body as Webhook);
    arrived.resolve();
    arrived = Promise.withResolvers<void>();
  });
  app.post('/v1/sessions', express.json(), async (request, response) => {
    state.invitations += 1;
    response.status(201).json(await (await invite(request.body as object)).json());
  });
  const toSandbox: RequestHandler = (...request) => sandbox?.router(...request);
  app.use(toSandbox);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const open = () => {
    sandbox = createSandbox({
      publicUrl: url,
      webhookUrl: `${url}/webhooks/evalon/token`,
      apiKey: KEY,
      databaseFile,
      log: () => {},
      clock: { now: () => Date.now() + state.skipped },
      random,
    });
    return sandbox;
  };
  open();
  test.after(async () => {
    await sandbox?.close();
    server.close();
    server.closeAllConnections();
  });

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/evalon/api/v1/${path}`, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...init.headers },
    });
  const invite = (person: object) => call('sessions/', { method: 'POST', body: JSON.stringify(person) });
  const invited = async (person: object) =>
    (await (await invite(person)).json()) as { session_uuid: string; candidate_url: string; assessment_type: string };
  const scorecard = (uuid: string) => call(`sessions/${uuid}/scorecard/`);
  /** Waits for webhooks, by looking at what has arrived. */
  const until = async (isEnough: (webhooks: Webhook[]) => boolean) => {
    while (!isEnough(webhooks)) await arrived.promise;
  };
  /** Moves the clock, and stirs the sandbox with an invitation, so that it looks at it. */
  const skip = async (milliseconds: number) => {
    state.skipped += milliseconds;
    await invited({ ...ADA, candidate_email: `stir-${state.skipped}@example.com` });
  };
  return {
    url,
    state,
    webhooks,
    call,
    invite,
    invited,
    scorecard,
    until,
    skip,
    open,
    sandbox: () => sandbox as Sandbox,
  };
}

const submit = (address: string, fields: Record<string, string> = {}) =>
  fetch(address, { method: 'POST', body: new URLSearchParams(fields) });

/** Answers what the page asks: option `choice` everywhere, `words` where one writes. */
function fill(page: string, choice: string, words: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name = ''] of page.matchAll(/type="radio" name="([\w-]+)"/g)) fields[name] = choice;
  for (const [, name = ''] of page.matchAll(/<textarea id="([\w-]+)"/g)) fields[name] = words;
  fields['section'] = /name="section" value="(\d)"/.exec(page)?.[1] ?? '';
  return fields;
}

/** A candidate's whole visit; answers with the last page. */
async function take(link: string, choice = '1', words = 'The channel first, then the funnel.'): Promise<string> {
  await fetch(link);
  let page = await (await submit(`${link}/start`)).text();
  while (page.includes('/answers"')) page = await (await submit(`${link}/answers`, fill(page, choice, words))).text();
  return page;
}

const eventsOf = (webhooks: Webhook[], uuid: string) =>
  webhooks.filter(({ session_uuid }) => session_uuid === uuid).map(({ event }) => event.replace('session.', ''));
const detailOf = async (response: Response) => ((await response.json()) as { detail: string }).detail;

describe('the simulated Evalon’s API', () => {
  it('refuses a call without the key, and says so in detail', async (test) => {
    const { call } = await startSandbox(test);
    for (const authorization of ['', 'Bearer eva_test_other', `Token ${KEY}`]) {
      const response = await call('sessions/', {
        method: 'POST',
        body: JSON.stringify(ADA),
        headers: { authorization },
      });
      assert.equal(response.status, 401);
      assert.match(await detailOf(response), /key|credentials/);
    }
  });

  it('sends a path without its last slash elsewhere, so that a POST loses its body', async (test) => {
    const { call } = await startSandbox(test);
    const response = await call('sessions', { method: 'POST', body: JSON.stringify(ADA) });
    assert.equal(response.status, 301);
    assert.equal(response.headers.get('location'), '/evalon/api/v1/sessions/');
  });

  it('names the field that is wrong', async (test) => {
    const { call, invite } = await startSandbox(test);
    const { candidate_name: _, ...nameless } = ADA;
    assert.match(await detailOf(await invite(nameless)), /^candidate_name: .*required/);
    assert.match(await detailOf(await invite({ ...ADA, candidate_email: 'ada' })), /^candidate_email: /);
    const broken = await call('sessions/', { method: 'POST', body: '{"assess' });
    assert.equal(broken.status, 400);
    assert.equal(await detailOf(broken), 'JSON parse error.');
  });

  it('returns the existing session when asked twice, whatever the case of the email', async (test) => {
    const { invited } = await startSandbox(test);
    const first = await invited(ADA);
    const again = await invited({ ...ADA, candidate_email: ' Ada.DEMO@Example.com ' });
    const elsewhere = await invited({ ...ADA, project_id: 'proj_demo_sales' });
    assert.equal(again.session_uuid, first.session_uuid);
    assert.notEqual(elsewhere.session_uuid, first.session_uuid);
    assert.match(first.session_uuid, /^sess_/);
    assert.ok(!first.candidate_url.includes(first.session_uuid), 'the link cannot be guessed from the session');
  });

  it('returns the first session when a second assessment type is asked for', async (test) => {
    const { invited } = await startSandbox(test);
    const first = await invited(ADA);
    assert.deepEqual(await invited({ ...ADA, assessment_type: 'copywriting' }), first);
    assert.equal(first.assessment_type, 'marketing');
  });

  it('answers a batch in its order, each fault in its place, and at most 100 at once', async (test) => {
    const { call } = await startSandbox(test);
    const batch = (sessions: object[]) =>
      call('sessions/batch/', { method: 'POST', body: JSON.stringify({ sessions }) });
    const mixed = (await (await batch([ADA, { ...ADA, project_id: '' }, ADA])).json()) as {
      results: { session_uuid?: string; detail?: string; status?: number }[];
    };
    const [first, faulty, again] = mixed.results;
    assert.equal(first?.session_uuid, again?.session_uuid);
    assert.equal(faulty?.status, 400);
    assert.match(faulty?.detail ?? '', /^project_id: /);
    assert.equal((await batch(Array.from({ length: 101 }, () => ADA))).status, 400);
  });

  it('lets 100 calls through in a minute and tells the next when to come back', async (test) => {
    const { invite, state } = await startSandbox(test);
    const first = await Promise.all(Array.from({ length: 100 }, () => invite(ADA)));
    assert.ok(first.every(({ ok }) => ok));
    const refused = await invite(ADA);
    assert.equal(refused.status, 429);
    assert.match(await detailOf(refused), /throttled/);
    state.skipped += Number(refused.headers.get('retry-after')) * 1_000;
    assert.equal((await invite(ADA)).status, 200);
  });
});

describe('a simulated session', () => {
  it('is reported at each stage, and its scorecard is readable once it is completed', async (test) => {
    const { invited, scorecard, until, skip, webhooks } = await startSandbox(test);
    const { session_uuid, candidate_url } = await invited(ADA);
    assert.match(await detailOf(await scorecard(session_uuid)), /once the session is completed/);
    assert.equal((await scorecard('sess_unknown')).status, 404);

    assert.match(await take(candidate_url), /Thank you, Ada Demo/);
    assert.equal((await scorecard(session_uuid)).status, 404, 'still being scored');
    await skip(5_000);
    await until((all) => eventsOf(all, session_uuid).includes('completed'));

    const seen = new Set(eventsOf(webhooks, session_uuid));
    assert.deepEqual(seen, new Set(['created', 'opened', 'started', 'submitted', 'scoring', 'completed']));
    const told = webhooks.find(({ event }) => event === 'session.completed');
    const read = (await (await scorecard(session_uuid)).json()) as { overall: number; narrative_summary: string };
    assert.equal(told?.score_summary?.overall, read.overall);
    assert.ok(read.overall > 0 && read.overall < 100);
    assert.match(read.narrative_summary, /^Ada Demo /);
  });

  it('gets a better score for better answers', async (test) => {
    const { invited, scorecard, skip } = await startSandbox(test);
    const overallOf = async (email: string, choice: string, words: string) => {
      const { session_uuid, candidate_url } = await invited({ ...ADA, candidate_email: email });
      await take(candidate_url, choice, words);
      await skip(5_000);
      return ((await (await scorecard(session_uuid)).json()) as { overall: number }).overall;
    };
    assert.ok(
      (await overallOf('good@example.com', '1', 'By channel and audience.')) >
        (await overallOf('poor@example.com', '3', 'x')),
    );
  });

  it('can be announced as completed before its scorecard is readable', async (test) => {
    const { invited, scorecard, until, state } = await startSandbox(test, UNLUCKY);
    const { session_uuid, candidate_url } = await invited(ADA);
    await take(candidate_url);
    await until((all) => eventsOf(all, session_uuid).includes('completed'));
    assert.equal((await scorecard(session_uuid)).status, 404);
    state.skipped += 1_000;
    assert.equal((await scorecard(session_uuid)).status, 200);
  });

  it('always arrives at completed, though webhooks come late, twice and out of order', async (test) => {
    const { invited, until, skip, webhooks } = await startSandbox(test, seededRandom(7));
    const emails = Array.from({ length: 8 }, (_, index) => `candidate-${index}@example.com`);
    const sessions = await Promise.all(emails.map((candidate_email) => invited({ ...ADA, candidate_email })));
    await Promise.all(sessions.map(({ candidate_url }) => take(candidate_url)));
    await skip(10_000);
    await until((all) => sessions.every(({ session_uuid }) => new Set(eventsOf(all, session_uuid)).size === 6));

    const order = ['created', 'opened', 'started', 'submitted', 'scoring', 'completed'];
    const ranks = sessions.map(({ session_uuid }) =>
      eventsOf(webhooks, session_uuid).map((event) => order.indexOf(event)),
    );
    assert.ok(
      ranks.some((row) => row.length > new Set(row).size),
      'one came twice',
    );
    assert.ok(
      ranks.some((row) => row.some((rank, index) => rank < (row[index - 1] ?? 0))),
      'one was overtaken',
    );
  });

  it('repeats a webhook until the proxy takes it', async (test) => {
    const { invited, until, state, webhooks } = await startSandbox(test);
    state.refuseWebhooks = true;
    const { session_uuid } = await invited(ADA);
    await until(() => state.refused > 1);
    assert.deepEqual(webhooks, []);
    state.refuseWebhooks = false;
    await until((all) => eventsOf(all, session_uuid).includes('created'));
  });

  it('outlives a restart, and so do the webhooks that were on their way', async (test) => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    test.after(() => rmSync(folder, { recursive: true }));
    const { invited, scorecard, until, state, sandbox, open } = await startSandbox(
      test,
      LUCKY,
      join(folder, 'evalon.db'),
    );
    state.refuseWebhooks = true;
    const before = await invited(ADA);
    await take(before.candidate_url);
    await sandbox().close();

    state.skipped += 60_000;
    state.refuseWebhooks = false;
    open();
    await until((all) => eventsOf(all, before.session_uuid).includes('completed'));
    assert.equal((await invited(ADA)).session_uuid, before.session_uuid);
    assert.equal((await scorecard(before.session_uuid)).status, 200);
  });
});

describe('the candidate’s pages', () => {
  it('send an incomplete section back with what was answered', async (test) => {
    const { invited } = await startSandbox(test);
    const { candidate_url } = await invited(ADA);
    const first = await (await submit(`${candidate_url}/start`)).text();
    const { launch = '', section = '' } = fill(first, '2', '');
    const response = await submit(`${candidate_url}/answers`, { launch, section });
    const page = await response.text();
    assert.equal(response.status, 422);
    assert.match(page, /role="alert"/);
    assert.match(page, /name="launch" value="2" required checked/);
  });

  it('are used up by a completed, declined or unknown session', async (test) => {
    const { invited } = await startSandbox(test);
    const [done, declined] = [await invited(ADA), await invited({ ...ADA, project_id: 'proj_demo_sales' })];
    await take(done.candidate_url);
    assert.match(await (await fetch(done.candidate_url)).text(), /already completed/);
    assert.match(await (await submit(`${declined.candidate_url}/decline`)).text(), /You declined/);
    assert.match(await (await submit(`${declined.candidate_url}/start`)).text(), /You declined/);
    assert.equal((await fetch(`${done.candidate_url}x`)).status, 404);
  });

  it('show a hostile name as text, and allow no script at all', async (test) => {
    const { invited } = await startSandbox(test);
    const name = `<script>alert(1)</script>" onload='x' &amp;`;
    const { candidate_url } = await invited({ ...ADA, candidate_name: name });
    const response = await fetch(candidate_url);
    const page = (await response.text()) + (await take(candidate_url));
    assert.ok(!page.includes('<script'));
    assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;'));
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'self'/);
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  });
});

describe('the demo', () => {
  it('starts with sessions in several states, made through the proxy, once', async (test) => {
    const { sandbox, state, webhooks } = await startSandbox(test);
    await sandbox().seed();
    assert.ok(state.invitations > 0 && state.invitations <= 25);
    const events = new Set(webhooks.map(({ event }) => event));
    for (const event of ['opened', 'started', 'scoring', 'expired', 'declined'])
      assert.ok(events.has(`session.${event}`), event);
    const scores = webhooks.flatMap(({ score_summary }) => score_summary?.overall ?? []);
    assert.equal(new Set(scores).size, 3, 'three different results');

    const { invitations } = state;
    await sandbox().seed();
    assert.equal(state.invitations, invitations);
  });

  it('lets whoever tries it step into the candidate’s shoes', async (test) => {
    const { url, invited } = await startSandbox(test);
    assert.match(await (await fetch(`${url}/candidates/ada-demo/link`)).text(), /Ada Demo has no link yet/);
    const { candidate_url } = await invited(ADA);
    assert.equal((await fetch(`${url}/candidates/ada-demo/link`)).url, candidate_url);
  });

  it('lets the candidate finish by a click, from wherever the session stands, and only once', async (test) => {
    const { url, invited, until, webhooks } = await startSandbox(test);
    const finish = async () => (await fetch(`${url}/candidates/ada-demo/finish`, { method: 'POST' })).status;
    assert.equal(await finish(), 409);
    const { candidate_url, session_uuid } = await invited(ADA);
    const first = await (await submit(`${candidate_url}/start`)).text();
    await submit(`${candidate_url}/answers`, fill(first, '0', 'Half of it is answered.'));
    assert.equal(await finish(), 204);
    await until((all) => eventsOf(all, session_uuid).includes('completed'));
    assert.equal(await finish(), 409);
    const completed = webhooks.find(({ event }) => event === 'session.completed');
    assert.equal(completed?.score_summary?.sections.length, 2);
  });

  it('embeds the widget by the documented tags, under a strict policy', async (test) => {
    const { url } = await startSandbox(test);
    const list = await fetch(url);
    const [listed, profile] = [await list.text(), await (await fetch(`${url}/candidates/ada-demo`)).text()];
    assert.equal(listed.match(/<evalon-status /g)?.length, 12);
    assert.match(profile, /<script src="\/embed.js" async><\/script>/);
    assert.match(
      profile,
      /<evalon-assessments candidate-email="ada.demo@example.com" candidate-name="Ada Demo" project-id="proj_demo_marketing">/,
    );
    assert.match(profile, /Demo ATS · sandbox: simulated Evalon, no real candidates/);
    assert.match(
      list.headers.get('content-security-policy') ?? '',
      /script-src 'self'; style-src 'self'; connect-src 'self'/,
    );
    assert.equal((await fetch(`${url}/candidates/nobody`)).status, 404);
  });
});
