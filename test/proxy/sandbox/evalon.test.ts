/** The simulated Evalon over HTTP. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { getDirection, LOCALES } from '../../../proxy/contract/locales.ts';
import { CANDIDATE_TEXTS } from '../../../proxy/sandbox/evalon/candidate-texts/candidate-texts.ts';
import { createRandomNetwork } from '../../../proxy/sandbox/evalon/network-conditions.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import {
  ADA,
  API_KEY,
  fillForm,
  listEvents,
  PROMPT_NETWORK,
  SLOW_NETWORK,
  startSandbox,
  submitForm,
  takeAssessment,
} from './harness.ts';

/** The events of a completed session, in order. */
const EVENTS = ['created', 'opened', 'started', 'submitted', 'scoring', 'completed'];

const readDetail = async (response: Response) => ((await response.json()) as { detail: string }).detail;

describe('the simulated API', () => {
  it('refuses a call without the correct key', async (test) => {
    const { call } = await startSandbox(test);
    for (const authorization of ['', 'Bearer eva_test_other', `Token ${API_KEY}`, `bearer ${API_KEY}`]) {
      const response = await call('sessions/', {
        method: 'POST',
        body: JSON.stringify(ADA),
        headers: { authorization },
      });
      assert.equal(response.status, 401);
      assert.match(await readDetail(response), /key|credentials/);
    }
  });

  it('redirects a path without its last slash', async (test) => {
    const { call } = await startSandbox(test);
    const response = await call('sessions?page=2', { method: 'POST', body: JSON.stringify(ADA) });
    assert.equal(response.status, 301);
    assert.equal(response.headers.get('location'), '/evalon/api/v1/sessions/?page=2');
  });

  it('names the invalid field', async (test) => {
    const { call, postSession } = await startSandbox(test);
    const { candidate_name: _, ...nameless } = ADA;
    assert.match(await readDetail(await postSession(nameless)), /^candidate_name: .*required/);
    assert.match(await readDetail(await postSession({ ...ADA, candidate_name: ' ' })), /^candidate_name: .*blank/);
    assert.match(await readDetail(await postSession({ ...ADA, candidate_email: 'ada' })), /^candidate_email: /);
    const broken = await call('sessions/', { method: 'POST', body: '{"assess' });
    assert.equal(broken.status, 400);
    assert.equal(await readDetail(broken), 'JSON parse error.');
  });

  it('refuses unknown paths, methods and media types, each with its own status', async (test) => {
    const { call } = await startSandbox(test);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await call('projects/')).status, 404);
    assert.equal((await call('sessions/')).status, 405);
    assert.equal((await call('sessions/', { method: 'POST', body: 'a=b', headers: form })).status, 415);
  });

  it('returns the existing session for the same email and project', async (test) => {
    const { createSession } = await startSandbox(test);
    const first = await createSession(ADA);
    const second = await createSession(ADA);
    const elsewhere = await createSession({ ...ADA, project_id: 'proj_demo_sales' });
    assert.equal(second.session_uuid, first.session_uuid);
    assert.notEqual(elsewhere.session_uuid, first.session_uuid);
    assert.match(first.session_uuid, /^sess_/);
    assert.ok(!first.candidate_url.includes(first.session_uuid), 'the link cannot be guessed from the session');
  });

  it('returns the first session when a second assessment type is requested', async (test) => {
    const { createSession } = await startSandbox(test);
    const first = await createSession(ADA);
    assert.deepEqual(await createSession({ ...ADA, assessment_type: 'copywriting' }), first);
    assert.equal(first.assessment_type, 'marketing');
  });

  it('returns results and refusals in the order of the batch, for at most 100 items', async (test) => {
    const { call } = await startSandbox(test);
    const postBatch = (sessions: object[]) =>
      call('sessions/batch/', { method: 'POST', body: JSON.stringify({ sessions }) });
    const mixed = (await (await postBatch([ADA, { ...ADA, project_id: '' }, ADA])).json()) as {
      results: { session_uuid?: string; detail?: string; status?: number }[];
    };
    const [first, refused, again] = mixed.results;
    assert.equal(first?.session_uuid, again?.session_uuid);
    assert.equal(refused?.status, 400);
    assert.match(refused?.detail ?? '', /^project_id: /);
    assert.equal((await postBatch(Array.from({ length: 101 }, () => ADA))).status, 400);
  });

  it('allows 100 calls a minute and sends Retry-After with each refusal', async (test) => {
    const { postSession, state } = await startSandbox(test);
    const first = await Promise.all(Array.from({ length: 100 }, () => postSession(ADA)));
    assert.ok(first.every(({ ok }) => ok));
    const refused = await postSession(ADA);
    assert.equal(refused.status, 429);
    assert.match(await readDetail(refused), /throttled/);
    state.skippedMs += Number(refused.headers.get('retry-after')) * 1_000;
    assert.equal((await postSession(ADA)).status, 200);
  });
});

describe('a session', () => {
  it('reports each stage, and its scorecard is readable after completion', async (test) => {
    const { createSession, readScorecard, waitForWebhooks, skip, webhooks } = await startSandbox(test);
    const { session_uuid, candidate_url } = await createSession(ADA);
    assert.match(await readDetail(await readScorecard(session_uuid)), /once the session is completed/);
    assert.equal((await readScorecard('sess_unknown')).status, 404);

    assert.match(await takeAssessment(candidate_url), /Thank you, Ada Demo/);
    assert.equal((await readScorecard(session_uuid)).status, 404, 'the session is in scoring');
    await skip(5_000);
    await waitForWebhooks((all) => listEvents(all, session_uuid).includes('completed'));

    const events = new Set(listEvents(webhooks, session_uuid));
    assert.deepEqual(events, new Set(EVENTS));
    const completed = webhooks.find(({ event }) => event === 'session.completed');
    const scorecard = (await (await readScorecard(session_uuid)).json()) as {
      overall: number;
      narrative_summary: string;
    };
    assert.equal(completed?.score_summary?.overall, scorecard.overall);
    assert.ok(scorecard.overall > 0 && scorecard.overall < 100);
    assert.match(scorecard.narrative_summary, /^Ada Demo /);
  });

  it('has a higher score for better answers', async (test) => {
    const { createSession, readScorecard, skip } = await startSandbox(test);
    const scoreAnswers = async (email: string, option: string, text: string) => {
      const { session_uuid, candidate_url } = await createSession({ ...ADA, candidate_email: email });
      await takeAssessment(candidate_url, option, text);
      await skip(5_000);
      return ((await (await readScorecard(session_uuid)).json()) as { overall: number }).overall;
    };
    const goodScore = await scoreAnswers('good@example.com', '1', 'By channel and audience.');
    const poorScore = await scoreAnswers('poor@example.com', '3', 'x');
    assert.ok(goodScore > poorScore, `${goodScore} > ${poorScore}`);
  });

  it('can report its completion before the scorecard is readable', async (test) => {
    const { createSession, readScorecard, waitForWebhooks, state } = await startSandbox(test, SLOW_NETWORK);
    const { session_uuid, candidate_url } = await createSession(ADA);
    await takeAssessment(candidate_url);
    await waitForWebhooks((all) => listEvents(all, session_uuid).includes('completed'));
    assert.equal((await readScorecard(session_uuid)).status, 404);
    state.skippedMs += 1_000;
    assert.equal((await readScorecard(session_uuid)).status, 200);
  });

  it('reports every stage on a random network, with webhooks that are late, repeated and out of order', async (test) => {
    const network = createRandomNetwork(createSeededRandom(7));
    const { createSession, waitForWebhooks, skip, webhooks } = await startSandbox(test, network);
    const emails = Array.from({ length: 8 }, (_, index) => `candidate-${index}@example.com`);
    const sessions = await Promise.all(emails.map((candidate_email) => createSession({ ...ADA, candidate_email })));
    await Promise.all(sessions.map(({ candidate_url }) => takeAssessment(candidate_url)));
    await skip(10_000);
    await waitForWebhooks((all) =>
      sessions.every(({ session_uuid }) => new Set(listEvents(all, session_uuid)).size === EVENTS.length),
    );

    const ranks = sessions.map(({ session_uuid }) =>
      listEvents(webhooks, session_uuid).map((event) => EVENTS.indexOf(event)),
    );
    assert.ok(
      ranks.some((row) => row.length > new Set(row).size),
      'a webhook arrived twice',
    );
    assert.ok(
      ranks.some((row) => row.some((rank, index) => rank < (row[index - 1] ?? 0))),
      'a webhook arrived out of order',
    );
  });

  it('repeats a webhook until the proxy accepts it', async (test) => {
    const { createSession, waitForWebhooks, state, webhooks } = await startSandbox(test);
    state.shouldRefuseWebhooks = true;
    const { session_uuid } = await createSession(ADA);
    await waitForWebhooks(() => state.refusedWebhookCount > 1);
    assert.deepEqual(webhooks, []);
    state.shouldRefuseWebhooks = false;
    await waitForWebhooks((all) => listEvents(all, session_uuid).includes('created'));
  });

  it('survives a restart together with its pending webhooks', async (test) => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    test.after(() => rmSync(folder, { recursive: true }));
    const { createSession, readScorecard, waitForWebhooks, state, getSandbox, restartSandbox } = await startSandbox(
      test,
      PROMPT_NETWORK,
      join(folder, 'evalon.db'),
    );
    state.shouldRefuseWebhooks = true;
    const { session_uuid, candidate_url } = await createSession(ADA);
    await takeAssessment(candidate_url);
    await getSandbox().close();

    state.skippedMs += 60_000;
    state.shouldRefuseWebhooks = false;
    restartSandbox();
    await waitForWebhooks((all) => listEvents(all, session_uuid).includes('completed'));
    assert.equal((await createSession(ADA)).session_uuid, session_uuid);
    assert.equal((await readScorecard(session_uuid)).status, 200);
  });
});

describe('the candidate’s pages', () => {
  it('have the language of the candidate’s browser, with the questions in English', async (test) => {
    const { createSession } = await startSandbox(test);
    const { candidate_url } = await createSession(ADA);
    const readPage = async (url: string, language: string) =>
      (await fetch(url, { headers: { 'accept-language': language } })).text();
    for (const locale of LOCALES) {
      const texts = CANDIDATE_TEXTS[locale];
      const page = await readPage(candidate_url, `sv, ${locale}`);
      assert.ok(page.includes(`<html lang="${locale}" dir="${getDirection(locale)}">`), locale);
      for (const text of [texts.start, texts.decline, texts.footer]) assert.ok(page.includes(text), text);
      assert.ok((await readPage(`${candidate_url}x`, locale)).includes(texts.unknown), locale);
    }
    assert.match(await readPage(candidate_url, 'sv'), /<html lang="en"/);
    await fetch(`${candidate_url}/start`, { method: 'POST', redirect: 'manual' });
    const questions = await readPage(candidate_url, 'ar');
    assert.match(questions, /<html lang="ar" dir="rtl">/);
    assert.match(questions, /<div lang="en" dir="ltr">\s*<(fieldset|div) class="question"/);
  });

  it('keep the answers of an incomplete section', async (test) => {
    const { createSession } = await startSandbox(test);
    const { candidate_url } = await createSession(ADA);
    const first = await (await submitForm(`${candidate_url}/start`)).text();
    const { launch = '', section = '' } = fillForm(first, '2', '');
    const response = await submitForm(`${candidate_url}/answers`, { launch, section });
    const page = await response.text();
    assert.equal(response.status, 422);
    assert.match(page, /role="alert"/);
    assert.match(page, /name="launch" value="2" required checked/);
  });

  it('show a message for a completed, declined or unknown session', async (test) => {
    const { createSession } = await startSandbox(test);
    const completed = await createSession(ADA);
    const declined = await createSession({ ...ADA, project_id: 'proj_demo_sales' });
    await takeAssessment(completed.candidate_url);
    assert.match(await (await fetch(completed.candidate_url)).text(), /already completed/);
    assert.match(await (await submitForm(`${declined.candidate_url}/decline`)).text(), /You declined/);
    assert.match(await (await submitForm(`${declined.candidate_url}/start`)).text(), /You declined/);
    assert.equal((await fetch(`${completed.candidate_url}x`)).status, 404);
  });

  it('show a hostile name as text and allow no script', async (test) => {
    const { createSession } = await startSandbox(test);
    const name = `<script>alert(1)</script>" onload='x' &amp;`;
    const { candidate_url } = await createSession({ ...ADA, candidate_name: name });
    const response = await fetch(candidate_url);
    const page = (await response.text()) + (await takeAssessment(candidate_url));
    assert.ok(!page.includes('<script'));
    assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;'));
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'self'/);
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  });
});
