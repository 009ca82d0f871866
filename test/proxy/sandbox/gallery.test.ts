/** The gallery's scripted responses follow the contract, and each URL shows its story. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import type { ZodObject } from 'zod';
import { buildIfStale } from '../../../.config/build.ts';
import { clientConfigSchema } from '../../../proxy/contract/client-config.ts';
import { sessionQueryResponseSchema } from '../../../proxy/contract/list.ts';
import { problemSchema } from '../../../proxy/contract/problem.ts';
import * as ROUTES from '../../../proxy/contract/routes.ts';
import { scorecardSchema } from '../../../proxy/contract/scorecard.ts';
import { sessionSchema, timelineSchema } from '../../../proxy/contract/session.ts';
import { FIXED_NOW, SESSION_UUID } from '../../../proxy/sandbox/gallery/fixtures.ts';
import { createGallery } from '../../../proxy/sandbox/gallery/gallery.ts';
import { ELEMENT_STORIES, STORIES } from '../../../proxy/sandbox/gallery/stories/stories.ts';
import { ELEMENT_ATTRIBUTES, PSEUDO_LANGUAGES, type Story } from '../../../proxy/sandbox/gallery/story.ts';
import { buildStoryUrl } from '../../../proxy/sandbox/gallery/story-page.ts';
import { startEvalon } from '../../support/evalon.ts';
import { type HttpServer, startHttpServer } from '../../support/http-server.ts';
import { startProxy } from '../../support/proxy.ts';

await buildIfStale();

let now = Date.parse(FIXED_NOW);
const gallery = createGallery({ now: () => now });
let server: HttpServer;
let url = '';

/** Each request of an element, with the schema of its response. */
const REQUESTS: [part: keyof Story['responses'], path: string, schema: ZodObject, body?: object][] = [
  ['config', ROUTES.config, clientConfigSchema],
  ['invite', ROUTES.sessions, sessionSchema, {}],
  ['sessions', ROUTES.sessionQuery, sessionQueryResponseSchema],
  ['session', ROUTES.sessionPath(SESSION_UUID), sessionSchema],
  ['scorecard', ROUTES.scorecardPath(SESSION_UUID), scorecardSchema],
  ['timeline', ROUTES.timelinePath(SESSION_UUID), timelineSchema],
];

const open = (query: Record<string, string>) => fetch(`${url}/gallery?${new URLSearchParams(query)}`);

describe('the gallery', () => {
  before(async () => {
    server = await startHttpServer(express().use(gallery.router));
    ({ url } = server);
  });

  after(() => {
    gallery.close();
    return server.close();
  });

  for (const story of STORIES) {
    it(`responds as the contract requires: ${story.id}`, async () => {
      for (const [part, path, schema, body] of REQUESTS) {
        // A scorecard and a timeline are read only if their session was found.
        const needsSession = part === 'scorecard' || part === 'timeline';
        const scripted = [story.responses[part], needsSession && story.responses.session];
        // There is no complete response to check.
        if (scripted.includes('never') || scripted.includes('cut')) continue;
        const candidates = [{ candidate_email: story.attributes['candidate-email'] }];
        const requestBody = part === 'sessions' ? { candidates } : body;
        const response = await fetch(`${url}/gallery/proxy/${story.id}${path}`, {
          ...(requestBody && { method: 'POST', body: JSON.stringify(requestBody) }),
          headers: { 'content-type': 'application/json' },
          signal: AbortSignal.timeout(5_000),
        });
        const json = await response.json();
        if (response.ok) schema.strict().parse(json);
        else assert.equal(problemSchema.strict().parse(json).status, response.status);
      }
    });
  }

  it('closes the connection of a response that is cut, and keeps the connection of a pending response open', async () => {
    await assert.rejects(fetch(`${url}/gallery/proxy/unreachable${ROUTES.sessionQuery}`, { method: 'POST' }));
    const signal = AbortSignal.timeout(200);
    await assert.rejects(fetch(`${url}/gallery/proxy/loading${ROUTES.sessionQuery}`, { method: 'POST', signal }), {
      name: 'TimeoutError',
    });
  });

  it('has a unique id for each story, and a story for each element', () => {
    assert.equal(new Set(STORIES.map(({ id }) => id)).size, STORIES.length);
    for (const element of Object.keys(ELEMENT_ATTRIBUTES)) {
      assert.ok(
        ELEMENT_STORIES.some((entry) => entry.element === element),
        element,
      );
    }
  });

  it('shows dates relative to today', async (test) => {
    const queryInbox = async () => {
      const init = { method: 'POST', body: '{"filter":{}}', headers: { 'content-type': 'application/json' } };
      const response = await fetch(`${url}/gallery/proxy/inbox-news${ROUTES.sessionQuery}`, init);
      return sessionQueryResponseSchema.parse(await response.json()).sessions.map(({ updated_at }) => updated_at);
    };
    const readLastVisit = async () => {
      const page = await (await open({ element: 'evalon-inbox', state: 'inbox-news' })).text();
      return /data-last-visit="([^"]*)"/.exec(page)?.[1];
    };
    assert.equal((await queryInbox())[0], '2026-01-15T13:20:00.000Z');
    assert.equal(await readLastVisit(), '2026-01-13T17:00:00.000Z');
    now = Date.parse('2027-03-04T15:00:30.000Z');
    test.after(() => {
      now = Date.parse(FIXED_NOW);
    });
    assert.equal((await queryInbox())[0], '2027-03-04T13:20:00.000Z');
    assert.equal(await readLastVisit(), '2027-03-02T17:00:00.000Z');
  });

  it('shows exactly one element at the URL of a story', async () => {
    for (const { element, story } of ELEMENT_STORIES) {
      const response = await fetch(
        url + buildStoryUrl({ element, story, theme: 'dark', width: 280, dir: 'rtl', language: 'en' }),
      );
      assert.equal(response.status, 200);
      const page = await response.text();
      assert.deepEqual(page.match(/<\/evalon-[\w-]+>/g), [`</${element}>`]);
      assert.match(page, /<html lang="en" dir="rtl" data-theme="dark">/);
      assert.match(page, /<main class="w280"/);
    }
  });

  it('shows a frame for each selected story on its index', async () => {
    const countFrames = async (query: Record<string, string>) =>
      (await (await open(query)).text()).match(/<iframe /g)?.length ?? 0;
    assert.equal(await countFrames({}), ELEMENT_STORIES.length);
    const statusStoryCount = ELEMENT_STORIES.filter(({ element }) => element === 'evalon-status').length;
    const [themeCount, directionCount, widthCount] = [3, 2, 5];
    const inAllLooks = { element: 'evalon-status', theme: 'all', dir: 'all' };
    assert.equal(await countFrames(inAllLooks), statusStoryCount * themeCount * directionCount);
    assert.equal(await countFrames({ element: 'evalon-status', state: 'invited', width: 'all' }), widthCount);
    assert.equal(await countFrames({ element: 'evalon-status', state: 'invited', view: 'index' }), 1);
  });

  it('shows a story in a pseudo-language', async () => {
    for (const language of PSEUDO_LANGUAGES) {
      const page = await (await open({ element: 'evalon-status', state: 'invited', language })).text();
      const [, loader = ''] = /<script type="module" src="(\/gallery\/[^"]*)"/.exec(page) ?? [];
      const response = await fetch(url + loader);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^(text|application)\/javascript/);
    }
  });

  it('responds with 404 to unknown parameters', async () => {
    const unknownQueries: Record<string, string>[] = [
      { state: 'nonsense' },
      { element: 'evalon-nonsense' },
      { element: 'constructor' },
      { element: 'evalon-status', state: 'no-clipboard' },
      { theme: 'red' },
      { width: '281' },
      { language: 'de' },
    ];
    for (const query of unknownQueries) {
      const response = await open(query);
      assert.equal(response.status, 404, JSON.stringify(query));
      assert.match(await response.text(), /no such story/);
    }
  });

  it('does not exist in production', async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxy(evalon);
    test.after(() => Promise.all([proxy.close(), evalon.close()]));
    for (const path of [
      '/gallery',
      '/gallery/languages/long/embed.js',
      '/gallery/proxy/invited/v1/config',
      '/sandbox/gallery.js',
    ]) {
      assert.equal((await fetch(proxy.url + path)).status, 404, path);
    }
  });
});
