/** The demo ATS: a list of candidates and their profiles, with the widget embedded as on a customer's page. */
import express, { type RequestHandler, type Response, type Router } from 'express';
import { type Html, html } from '../html.ts';
import { buildPageHeaders } from '../page-headers.ts';
import type { DemoCandidates } from './candidates.ts';
import { renderCohortsPage } from './cohorts.ts';
import { renderLayout } from './layout.ts';
import { renderListPage } from './list.ts';
import { PEOPLE } from './people/people.ts';
import type { Person } from './people/person.ts';
import { renderProfilePage } from './profile.ts';
import { renderResultsPage } from './results.ts';

export interface DemoAtsOptions {
  clock: { now(): number };
  candidates: DemoCandidates;
}

export function createDemoAts({ clock, candidates }: DemoAtsOptions): Router {
  const router = express.Router();
  const withPerson =
    (handler: (person: Person, response: Response) => void): RequestHandler<{ id: string }> =>
    ({ params }, response) => {
      const person = PEOPLE.find(({ id }) => id === params.id);
      if (person) handler(person, response);
      else send(response.status(404), unknownCandidatePage);
    };

  router.get('/', ({ query }, response) => {
    const panelPerson = PEOPLE.find(({ id }) => id === query['panel']);
    const jobId = typeof query['job'] === 'string' ? query['job'] : '';
    send(
      response,
      renderListPage(PEOPLE, { ...(jobId && { jobId }), ...(panelPerson && { panelPerson }) }, clock.now()),
    );
  });

  router.get('/cohorts', ({ query }, response) => {
    // One selected candidate is a string, several are a list.
    const ids = [query['id'] ?? []].flat();
    send(response, renderCohortsPage(PEOPLE.filter(({ id }) => ids.includes(id))));
  });

  router.get('/results', ({ query }, response) => send(response, renderResultsPage(query['job'])));

  router.get(
    '/candidates/:id',
    withPerson((person, response) => {
      const index = PEOPLE.indexOf(person);
      const [previous, next] = [PEOPLE[index - 1], PEOPLE[index + 1]];
      const neighbors = { ...(previous && { previous }), ...(next && { next }) };
      send(response, renderProfilePage(person, neighbors, candidates.getStatus(person), clock.now()));
    }),
  );

  router.get(
    '/candidates/:id/link',
    withPerson((person, response) => {
      const link = candidates.getLink(person);
      if (link) response.redirect(303, link);
      else send(response.status(404), renderNotInvitedPage(person));
    }),
  );

  router.post(
    '/candidates/:id/finish',
    withPerson((person, response) => {
      response.sendStatus(candidates.finishAssessment(person) ? 204 : 409);
    }),
  );

  return router;
}

const unknownCandidatePage = renderLayout(
  'Unknown candidate',
  html`<header class="page-header"><h1>Unknown candidate</h1></header><p><a href="/">Back to all candidates</a></p>`,
);

function renderNotInvitedPage({ id, name }: Person): Html {
  return renderLayout(
    'Not invited yet',
    html`<header class="page-header"><h1>${name} has no link yet</h1></header>
      <p>Click Invite on <a href="/candidates/${id}">the profile</a>, then come back to this page.</p>`,
  );
}

function send(response: Response, page: Html): void {
  response.set(buildPageHeaders()).type('html').send(page.markup);
}
