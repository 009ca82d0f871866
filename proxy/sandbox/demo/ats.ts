/** The demo ATS: a list of candidates and their profiles, as a customer's own pages would embed the widget. */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { type Html, html } from '../html.ts';
import { buildPageHeaders } from '../policy.ts';
import type { DemoCandidates } from './candidates.ts';
import { renderLayout } from './layout.ts';
import { renderListPage } from './list.ts';
import { PEOPLE } from './people/people.ts';
import type { Person } from './people/person.ts';
import { renderProfilePage } from './profile.ts';

export interface DemoAtsOptions {
  clock: { now(): number };
  candidates: DemoCandidates;
}

export function createDemoAts({ clock, candidates }: DemoAtsOptions): Router {
  const router = express.Router();
  const withPerson =
    (answer: (person: Person, request: Request, response: Response) => void): RequestHandler<{ id: string }> =>
    (request, response) => {
      const person = PEOPLE.find(({ id }) => id === request.params.id);
      if (!person) return show(response.status(404), unknownPage);
      answer(person, request as Request, response);
    };

  router.get('/', ({ query }, response) => {
    const [job, peek] = [query['job'], query['peek']].map((value) => (typeof value === 'string' ? value : undefined));
    const peeked = PEOPLE.find(({ id }) => id === peek);
    show(
      response,
      renderListPage(PEOPLE, { ...(job && { jobId: job }), ...(peeked && { panelPerson: peeked }) }, clock.now()),
    );
  });

  router.get(
    '/candidates/:id',
    withPerson((person, _request, response) => {
      const index = PEOPLE.indexOf(person);
      const [previous, next] = [PEOPLE[index - 1], PEOPLE[index + 1]];
      const neighbours = { ...(previous && { previous }), ...(next && { next }) };
      show(response, renderProfilePage(person, neighbours, candidates.getStatus(person), clock.now()));
    }),
  );

  router.get(
    '/candidates/:id/link',
    withPerson((person, _request, response) => {
      const link = candidates.getLink(person);
      if (link) return response.redirect(303, link);
      show(response.status(404), notInvitedPage(person));
    }),
  );

  router.post(
    '/candidates/:id/finish',
    withPerson((person, _request, response) => {
      response.sendStatus(candidates.finishAssessment(person) ? 204 : 409);
    }),
  );

  return router;
}

const unknownPage = renderLayout(
  'Unknown candidate',
  html`<header class="page-head"><h1>Unknown candidate</h1></header><p><a href="/">Back to all candidates</a></p>`,
);

function notInvitedPage({ id, name }: Person): Html {
  return renderLayout(
    'Not invited yet',
    html`<header class="page-head"><h1>${name} has no link yet</h1></header>
      <p>Click Invite on <a href="/candidates/${id}">the profile</a> first; then this page leads to the assessment.</p>`,
  );
}

function show(response: Response, page: Html): void {
  response.set(buildPageHeaders()).type('html').send(page.markup);
}
