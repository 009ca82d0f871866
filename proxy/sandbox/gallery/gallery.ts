/** `/gallery`: every element in every state, alone at an address that never changes, or all of them on one page. */
import express, { type Router } from 'express';
import { buildPageHeaders } from '../policy.ts';
import { renderIndexPage, renderNotFoundPage } from './index-page.ts';
import { createMockApi } from './mock-api.ts';
import { parseParams, selectStories } from './params.ts';
import { GALLERY_PATH, renderStoryPage } from './story-page.ts';

export interface Gallery {
  router: Router;
  close(): void;
}

const STAGE = buildPageHeaders({ 'frame-ancestors': "'self'" });
const CATALOGUE = buildPageHeaders({ 'frame-src': "'self'", 'form-action': "'self'" });

export function createGallery(): Gallery {
  const router = express.Router();
  const canned = createMockApi();
  router.use(`${GALLERY_PATH}/proxy`, canned.router);
  router.get(GALLERY_PATH, (request, response) => {
    const query = parseParams(request.query);
    const choice = selectStories(query);
    response.type('html');
    if (!choice) return void response.status(404).set(CATALOGUE).send(renderNotFoundPage(query).markup);
    const { elementStories: exhibits, themes, widths, directions, isSingle: isOne } = choice;
    const [exhibit, theme, width, dir] = [exhibits[0], themes[0], widths[0], directions[0]];
    if (!isOne || !exhibit || !theme || !width || !dir)
      return void response.set(CATALOGUE).send(renderIndexPage(query, choice).markup);
    response.set(STAGE);
    if (exhibit.state.browserCondition === 'no-clipboard') response.set('permissions-policy', 'clipboard-write=()');
    response.send(renderStoryPage({ ...exhibit, theme, width, dir }).markup);
  });
  return { router, close: () => canned.close() };
}
