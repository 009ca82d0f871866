/**
 * Serves the scripted proxy of each story below `/:story`. Event streams end at once, and the widget reconnects. So a
 * page of many elements needs no more than the six connections that a browser opens to one host.
 */
import express, { type Response, type Router } from 'express';
import { FIXED_NOW } from './fixtures.ts';
import { respond } from './scripted-proxy.ts';
import { STORIES } from './stories/stories.ts';
import { getViewerId } from './story.ts';
import { stringifyWithMovedTimes } from './story-dates.ts';

export interface MockApi {
  router: Router;
  /** Closes the pending requests. */
  close(): void;
}

const EMPTY_STREAM = 'retry: 1000\n\n';
/** Enough for a cohort of 2,000 candidates. */
const MAX_BODY = '1mb';

export function createMockApi(clock: { now(): number }): MockApi {
  const router = express.Router();
  const pending = new Set<Response>();
  router.use(express.json({ limit: MAX_BODY }));
  router.use('/:story', (request, response) => {
    const { params, method, path, body, socket, protocol, host } = request;
    const story = STORIES.find(({ id }) => id === params['story']);
    response.set('cache-control', 'no-store');
    if (!story) return void response.sendStatus(404);
    const baseUrl = `${protocol}://${host}${request.baseUrl}`;
    const script = { ...story.responses, viewer: getViewerId(story), cursor: 'gallery.1', now: FIXED_NOW, baseUrl };
    const scripted = respond(script, { method, path, body });
    if (scripted === 'cut') return void socket.destroy();
    if (scripted === 'stream') return void response.type('text/event-stream').send(EMPTY_STREAM);
    if (scripted === 'never') {
      pending.add(response);
      return void response.once('close', () => pending.delete(response));
    }
    response.status(scripted.status).set(scripted.headers).send(stringifyWithMovedTimes(scripted.body, clock.now()));
  });
  return {
    router,
    close() {
      for (const response of pending) response.destroy();
    },
  };
}
