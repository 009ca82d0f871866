/** `/gallery`: every element in every state, alone at an address that never changes, or all of them on one page. */
import express, { type Router } from 'express';
import { pageHeaders } from '../policy.ts';
import { cataloguePage, nothingPage } from './index-page.ts';
import { createCannedProxy } from './mock-api.ts';
import { choose, queryOf } from './params.ts';
import { GALLERY, stagePage } from './story-page.ts';

export interface Gallery {
  router: Router;
  close(): void;
}

const STAGE = pageHeaders({ 'frame-ancestors': "'self'" });
const CATALOGUE = pageHeaders({ 'frame-src': "'self'", 'form-action': "'self'" });

export function createGallery(): Gallery {
  const router = express.Router();
  const canned = createCannedProxy();
  router.use(`${GALLERY}/proxy`, canned.router);
  router.get(GALLERY, (request, response) => {
    const query = queryOf(request.query);
    const choice = choose(query);
    response.type('html');
    if (!choice) return void response.status(404).set(CATALOGUE).send(nothingPage(query).markup);
    const { exhibits, themes, widths, directions, isOne } = choice;
    const [exhibit, theme, width, dir] = [exhibits[0], themes[0], widths[0], directions[0]];
    if (!isOne || !exhibit || !theme || !width || !dir)
      return void response.set(CATALOGUE).send(cataloguePage(query, choice).markup);
    response.set(STAGE);
    if (exhibit.state.browser === 'no-clipboard') response.set('permissions-policy', 'clipboard-write=()');
    response.send(stagePage({ ...exhibit, theme, width, dir }).markup);
  });
  return { router, close: () => canned.close() };
}
