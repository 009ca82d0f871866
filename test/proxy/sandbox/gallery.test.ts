/** The gallery's answers are what the contract says, and its addresses show what they name. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import type { ZodObject } from 'zod';
import { clientConfigSchema } from '../../../proxy/contract/client-config.ts';
import { sessionQueryResponseSchema } from '../../../proxy/contract/list.ts';
import { problemSchema } from '../../../proxy/contract/problem.ts';
import * as ROUTES from '../../../proxy/contract/routes.ts';
import { scorecardSchema } from '../../../proxy/contract/scorecard.ts';
import { sessionSchema } from '../../../proxy/contract/session.ts';
import { SESSION_UUID } from '../../../proxy/sandbox/gallery/fixtures.ts';
import { createGallery } from '../../../proxy/sandbox/gallery/gallery.ts';
import { ELEMENT_STORIES, STORIES } from '../../../proxy/sandbox/gallery/stories/stories.ts';
import { ELEMENT_ATTRIBUTES, type Story } from '../../../proxy/sandbox/gallery/story.ts';
import { buildStoryUrl } from '../../../proxy/sandbox/gallery/story-page.ts';
import { startEvalon } from '../../support/evalon.ts';
import { startProxy } from '../../support/proxy.ts';

const gallery = createGallery();
const server = express().use(gallery.router).listen(0, '127.0.0.1');
let url = '';

before(async () => {
  if (!server.listening) await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  gallery.close();
  server.close();
  server.closeAllConnections();
});

/** Each question that an element asks, and the schema of its answer. */
const ASKED: [part: keyof Story['responses'], path: () => string, schema: ZodObject, body?: object][] = [
  ['config', () => ROUTES.config, clientConfigSchema],
  ['invite', () => ROUTES.sessions, sessionSchema, {}],
  ['query', () => ROUTES.sessionQuery, sessionQueryResponseSchema],
  ['session', () => ROUTES.sessionPath(SESSION_UUID), sessionSchema],
  ['scorecard', () => ROUTES.scorecardPath(SESSION_UUID), scorecardSchema],
];

const open = (query: Record<string, string>) => fetch(`${url}/gallery?${new URLSearchParams(query)}`);

describe('the gallery', () => {
  for (const state of STORIES) {
    it(`answers as the contract says: ${state.id}`, async () => {
      for (const [part, path, schema, body] of ASKED) {
        const planned = state.responses[part];
        if (planned === 'never' || planned === 'cut') continue;
        const asked =
          part === 'query' ? { candidates: [{ candidate_email: state.attributes['candidate-email'] }] } : body;
        const response = await fetch(`${url}/gallery/proxy/${state.id}${path()}`, {
          ...(asked && { method: 'POST', body: JSON.stringify(asked) }),
          headers: { 'content-type': 'application/json' },
        });
        const answer = await response.json();
        if (response.ok) schema.strict().parse(answer);
        else assert.equal(problemSchema.strict().parse(answer).status, response.status);
      }
    });
  }

  it('cuts the line where the state is that nobody answers, and lets others wait', async () => {
    await assert.rejects(fetch(`${url}/gallery/proxy/unreachable${ROUTES.sessionQuery}`, { method: 'POST' }));
    const giveUp = AbortSignal.timeout(200);
    await assert.rejects(
      fetch(`${url}/gallery/proxy/loading${ROUTES.sessionQuery}`, { method: 'POST', signal: giveUp }),
      {
        name: 'TimeoutError',
      },
    );
  });

  it('has an id for each state that no other has, and each element in some', () => {
    assert.equal(new Set(STORIES.map(({ id }) => id)).size, STORIES.length);
    for (const element of Object.keys(ELEMENT_ATTRIBUTES))
      assert.ok(
        ELEMENT_STORIES.some((one) => one.element === element),
        element,
      );
  });

  it('shows exactly one element at the address of a state', async () => {
    for (const { element, state } of ELEMENT_STORIES) {
      const response = await fetch(url + buildStoryUrl({ element, state, theme: 'dark', width: 280, dir: 'rtl' }));
      assert.equal(response.status, 200);
      const page = await response.text();
      assert.deepEqual(page.match(/<\/evalon-[\w-]+>/g), [`</${element}>`]);
      assert.match(page, /<html lang="en" dir="rtl" data-theme="dark">/);
      assert.match(page, /<main class="w280"/);
    }
  });

  it('frames every state on its front, and what is chosen of them', async () => {
    const frames = async (query: Record<string, string>) =>
      (await (await open(query)).text()).match(/<iframe /g)?.length ?? 0;
    assert.equal(await frames({}), ELEMENT_STORIES.length);
    const chips = ELEMENT_STORIES.filter(({ element }) => element === 'evalon-status').length;
    assert.equal(await frames({ element: 'evalon-status', theme: 'all', dir: 'all' }), chips * 3 * 2);
    assert.equal(await frames({ element: 'evalon-status', state: 'invited', width: 'all' }), 4);
    assert.equal(await frames({ element: 'evalon-status', state: 'invited', view: 'index' }), 1);
  });

  it('says so where it has no such picture', async () => {
    for (const wrong of [
      { state: 'nonsense' },
      { element: 'evalon-nonsense' },
      { element: 'constructor' },
      { element: 'evalon-status', state: 'no-clipboard' },
      { theme: 'red' },
      { width: '281' },
    ]) {
      const response = await open(wrong as Record<string, string>);
      assert.equal(response.status, 404, JSON.stringify(wrong));
      assert.match(await response.text(), /no such picture/);
    }
  });

  it('is not there in production', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxy(evalon);
    test.after(() => Promise.all([proxy.close(), evalon.close()]));
    for (const path of ['/gallery', '/gallery/proxy/invited/v1/config', '/sandbox/gallery.js', '/']) {
      assert.equal((await fetch(proxy.url + path)).status, 404, path);
    }
  });
});
