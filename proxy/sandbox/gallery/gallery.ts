/** `/gallery` shows one story at a stable URL, or an index of all stories. The stories' times are relative to today. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import { buildPageHeaders } from '../page-headers.ts';
import { renderIndexPage, renderNotFoundPage } from './index-page.ts';
import { createMockApi } from './mock-api.ts';
import { getSingleVariant, parseParams, selectStories } from './params.ts';
import { GALLERY_PATH, LANGUAGES_PATH, renderStoryPage } from './story-page.ts';

export interface Gallery {
  router: Router;
  close(): void;
}

const STORY_HEADERS = buildPageHeaders({ 'frame-ancestors': "'self'" });
const INDEX_HEADERS = buildPageHeaders({ 'frame-src': "'self'" });

/** Contains the widget in each pseudo-language. Releases omit it. A built proxy (`.js`) is itself in `dist/`. */
const LANGUAGES_FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith('.js') ? '../../../gallery/' : '../../../dist/gallery/', import.meta.url),
);

export function createGallery(clock: { now(): number }): Gallery {
  const router = express.Router();
  const mockApi = createMockApi(clock);
  router.use(`${GALLERY_PATH}/proxy`, mockApi.router);
  router.use(LANGUAGES_PATH, express.static(LANGUAGES_FOLDER, { index: false }));
  router.get(GALLERY_PATH, (request, response) => {
    const params = parseParams(request.query);
    const needsPseudoLanguage = params.language !== 'en';
    const selection = needsPseudoLanguage && !existsSync(LANGUAGES_FOLDER) ? undefined : selectStories(params);
    response.type('html');
    if (!selection) return void response.status(404).set(INDEX_HEADERS).send(renderNotFoundPage().markup);
    const variant = getSingleVariant(params, selection);
    if (!variant) return void response.set(INDEX_HEADERS).send(renderIndexPage(params, selection).markup);
    response.set(STORY_HEADERS);
    if (variant.story.browserCondition === 'no-clipboard') response.set('permissions-policy', 'clipboard-write=()');
    response.send(renderStoryPage(variant, clock.now()).markup);
  });
  return { router, close: () => mockApi.close() };
}
