/** The demo ATS: a list of candidates and their profiles, as a customer's own pages would embed the widget. */
import express, { type Response, type Router } from 'express';
import { type Html, html } from '../html.ts';
import { pageHeaders } from '../policy.ts';
import { layout } from './layout.ts';
import { listPage } from './list.ts';
import { PEOPLE } from './people/people.ts';
import type { Person } from './people/person.ts';
import { profilePage } from './profile.ts';

export interface DemoAtsOptions {
  clock: { now(): number };
  /** Where the simulated Evalon lets this person sit; absent before the invitation. */
  linkOf: (email: string, projectId: string) => string | undefined;
}

export function createDemoAts({ clock, linkOf }: DemoAtsOptions): Router {
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

  router.get('/candidates/:id/link', (request, response) => {
    const person = PEOPLE.find(({ id }) => id === request.params.id);
    if (!person) return show(response.status(404), unknownPage);
    const link = linkOf(person.email, person.job.project_id);
    if (link) return response.redirect(303, link);
    show(response.status(404), notInvitedPage(person));
  });

  return router;
}

const unknownPage = layout(
  'Unknown candidate',
  html`<header class="page-head"><h1>Unknown candidate</h1></header><p><a href="/">Back to all candidates</a></p>`,
);

function notInvitedPage({ id, name }: Person): Html {
  return layout(
    'Not invited yet',
    html`<header class="page-head"><h1>${name} has no link yet</h1></header>
      <p>Click Invite on <a href="/candidates/${id}">the profile</a> first; then this page leads to the assessment.</p>`,
  );
}

function show(response: Response, page: Html): void {
  response.set(pageHeaders()).type('html').send(page.markup);
}
