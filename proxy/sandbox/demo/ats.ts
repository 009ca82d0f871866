/** The demo ATS: a list of candidates and their profiles, as a customer's own pages would embed the widget. */
import express, { type Response, type Router } from 'express';
import { type Html, html } from '../html.ts';
import { layout, PAGE_HEADERS } from './layout.ts';
import { listPage } from './list.ts';
import { PEOPLE } from './people/people.ts';
import { profilePage } from './profile.ts';

export function createDemoAts(clock: { now(): number }): Router {
  const router = express.Router();

  router.get('/', (request, response) => {
    const job = request.query['job'];
    show(response, listPage(PEOPLE, typeof job === 'string' ? job : undefined, clock.now()));
  });

  router.get('/candidates/:id', (request, response) => {
    const index = PEOPLE.findIndex(({ id }) => id === request.params.id);
    const person = PEOPLE[index];
    if (!person) return show(response.status(404), unknownPage);
    const [previous, next] = [PEOPLE[index - 1], PEOPLE[index + 1]];
    show(response, profilePage(person, { ...(previous && { previous }), ...(next && { next }) }, clock.now()));
  });

  return router;
}

const unknownPage = layout(
  'Unknown candidate',
  html`<header class="page-head"><h1>Unknown candidate</h1></header><p><a href="/">Back to all candidates</a></p>`,
);

function show(response: Response, page: Html): void {
  response.set(PAGE_HEADERS).type('html').send(page.markup);
}
