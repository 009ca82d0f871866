/**
 * Imitations of the four ATSs whose pages nobody can add a script tag to: none of their looks, only addresses of the same
 * patterns and candidates that change in place, so that the extension can be tried. Beside them the API that knows the ids.
 */
import express, { type Router } from 'express';
import { PEOPLE } from '../demo/people/people.ts';
import type { Person } from '../demo/people/person.ts';
import { type Html, html } from '../html.ts';
import { buildPageHeaders } from '../policy.ts';
import { renderToolPage } from '../tool.ts';
import { buildCandidatePath, CONNECTOR_NAME, findPersonById, MOCK_ATS_LIST, type MockAts } from './ids.ts';

/** Where the made-up API of all four is. */
const API = '/imitation/api';

/** @param publicUrl without a slash at the end. Answers a connector as `ATS_HTTP` would describe it. */
export function createMockConnector(publicUrl: string) {
  return {
    ats: CONNECTOR_NAME,
    label: 'The imitated ATS',
    url: `${publicUrl}${API}/{candidate}`,
    auth: { type: 'bearer' as const },
    secret: 'imitation',
    ids: { candidate: { kind: 'text' as const, at: '/id' } },
    rows: '',
    application: '/id',
    email: '/email',
    name: ['/name'],
  };
}

export function createMockAtsPages(publicUrl: string): Router {
  const router = express.Router();
  const overview = overviewAt(publicUrl);

  router.get(`${API}/:id`, ({ params: { id } }, response) => {
    const person = findPersonById(id);
    if (!person) return void response.status(404).json({});
    response.json({ id, email: person.email, name: person.name });
  });

  router.get('/imitation', (_request, response) => {
    response.set(buildPageHeaders()).type('html').send(overview.markup);
  });

  for (const imitation of MOCK_ATS_LIST) {
    router.get(imitation.pathPattern.replace('{candidate}', ':candidate'), ({ params }, response) => {
      const index = PEOPLE.findIndex((_, n) => imitation.getCandidateId(n) === params['candidate']);
      const person = PEOPLE[index];
      if (!person) return void response.status(404).set(buildPageHeaders()).type('html').send(overview.markup);
      response
        .set(buildPageHeaders())
        .type('html')
        .send(page(imitation, person, index).markup);
    });
  }
  return router;
}

const overviewAt = (publicUrl: string): Html =>
  renderToolPage({
    title: 'Imitated ATSs',
    lead: html`<p>Pages with addresses like those of the four ATSs that take no script tag, to try the browser extension on. Their looks are not imitated.</p>`,
    styles: ['imitation'],
    scripts: [],
    content: html`<ul>${MOCK_ATS_LIST.map((one) => html`<li><a href="${buildCandidatePath(one, 0)}">Imitation of ${one.label}</a></li>`)}</ul>
    <h2>The extension</h2>
    <ol>
      <li>Build it for this sandbox: <code>EXTENSION_PROXY_URL=${publicUrl} npm run build</code></li>
      <li>In Chrome or Edge open <code>chrome://extensions</code>, switch on “Developer mode”, “Load unpacked”, and choose <code>dist/extension</code>.</li>
      <li>Open one of the pages above: the panel appears beside the candidate.</li>
    </ol>`,
  });

function page(imitation: MockAts, { name, headline, location, stage, job }: Person, index: number): Html {
  const neighbour = (label: string, other: number) =>
    PEOPLE[other]
      ? html`<a data-inplace href="${buildCandidatePath(imitation, other)}">${label}</a>`
      : html`<span>${label}</span>`;
  return renderToolPage({
    title: `Imitation of ${imitation.label}`,
    lead: html`<p role="note">An imitation: only the address is like ${imitation.label}’s. It has nothing to do with that company. <a href="/imitation">What is this?</a></p>`,
    styles: ['imitation'],
    scripts: [html`<script src="/sandbox/imitation.js" defer></script>`],
    content: html`<div class="columns">
      <section data-part="candidate">
        <nav aria-label="Other candidates">${neighbour('Previous', index - 1)} ${neighbour('Next', index + 1)}</nav>
        <h2>${name}</h2>
        <p>${headline} · ${location}</p>
        <p>${job.title}: ${stage}</p>
      </section>
      <aside id="beside" aria-label="Assessments"></aside>
    </div>`,
  });
}
