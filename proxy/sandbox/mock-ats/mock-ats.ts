/**
 * Mock pages of the four ATSs that accept no script tag, for trying the browser extension. The pages copy the
 * ATSs' URL patterns and show the next candidate without a navigation, but do not copy the design. Below the candidate,
 * they show what the proxy wrote into the simulated ATS.
 */
import express, { type Router } from 'express';
import { PEOPLE } from '../demo/people/people.ts';
import type { Person } from '../demo/people/person.ts';
import { type Html, html } from '../html.ts';
import { buildPageHeaders } from '../page-headers.ts';
import { describeRecord } from '../simulated-ats/describe-record.ts';
import type { WrittenRecord, WrittenRecords } from '../simulated-ats/written-records.ts';
import { renderToolPage } from '../tool-page.ts';
import { buildCandidatePath, MOCK_ATS_LIST, MOCK_ATS_PATH, type MockAts } from './mock-ats-list.ts';

const FIRST_CANDIDATE_INDEX = 0;

/** @param publicUrl without a trailing slash. */
export function createMockAtsPages(publicUrl: string, records: WrittenRecords): Router {
  const router = express.Router();
  const overview = renderOverview(publicUrl);

  router.get(MOCK_ATS_PATH, (_request, response) => {
    response.set(buildPageHeaders()).type('html').send(overview.markup);
  });

  for (const mockAts of MOCK_ATS_LIST) {
    router.get(mockAts.pathPattern.replace(/\{(\w+)\}/g, ':$1'), ({ path }, response) => {
      const index = PEOPLE.findIndex((_, position) => buildCandidatePath(mockAts, position) === path);
      const person = PEOPLE[index];
      const page = person && renderCandidatePage(mockAts, person, index, records.list(mockAts.name, index));
      response.status(page ? 200 : 404).set(buildPageHeaders());
      response.type('html').send((page ?? overview).markup);
    });
  }
  return router;
}

function renderOverview(publicUrl: string): Html {
  return renderToolPage({
    title: 'Mock ATS pages',
    intro: html`<p>Pages to try the browser extension on. Their URLs look like those of the four ATSs that accept no
      script tag. Their design is our own.</p>`,
    styles: ['mock-ats'],
    scripts: [],
    content: html`<ul>${MOCK_ATS_LIST.map(
      (mockAts) =>
        html`<li><a href="${buildCandidatePath(mockAts, FIRST_CANDIDATE_INDEX)}">Mock ${mockAts.label}</a></li>`,
    )}</ul>
    <h2>The extension</h2>
    <ol>
      <li>Build it for this sandbox: <code>EXTENSION_PROXY_URL=${publicUrl} npm run build</code></li>
      <li>In Chrome or Edge, open <code>chrome://extensions</code> and turn on “Developer mode”.</li>
      <li>Click “Load unpacked” and choose <code>dist/extension/enterprise</code>.</li>
      <li>Open one of the pages above. Click “Open assessments”: the side panel shows the candidate.</li>
    </ol>`,
  });
}

function renderCandidatePage(mockAts: MockAts, person: Person, index: number, records: readonly WrittenRecord[]): Html {
  const { name, headline, location, stage, job } = person;
  const renderLink = (label: string, target: number) =>
    PEOPLE[target]
      ? html`<a data-inplace href="${buildCandidatePath(mockAts, target)}">${label}</a>`
      : html`<span>${label}</span>`;
  return renderToolPage({
    title: `Mock ${mockAts.label}`,
    intro: html`<p role="note">Only the URL is like ${mockAts.label}'s. This page is not made by that company.
      <a href="${MOCK_ATS_PATH}">What is this?</a></p>`,
    styles: ['mock-ats'],
    scripts: [html`<script src="/sandbox/mock-ats.js" defer></script>`],
    content: html`<div class="columns">
      <section data-part="candidate">
        <nav aria-label="Other candidates">${renderLink('Previous', index - 1)} ${renderLink('Next', index + 1)}</nav>
        <h2>${name}</h2>
        <p>${headline} · ${location}</p>
        <p>${job.title}: ${stage}</p>
        <section data-part="activity" aria-labelledby="activity">
          <h3 id="activity">Activity</h3>
          ${renderActivity(records)}
        </section>
      </section>
      <aside id="beside" aria-label="Assessments"></aside>
    </div>`,
  });
}

function renderActivity(records: readonly WrittenRecord[]): Html {
  if (!records.length) return html`<p>Nothing was written into this ATS yet.</p>`;
  return html`<ol class="activity">${records.toReversed().map((record) => {
    const { title, text } = describeRecord(record);
    return html`<li>
      <p><strong>${title}</strong> <time datetime="${record.written_at}">${record.written_at.slice(0, 16)}</time></p>
      <p class="text">${text}</p>
    </li>`;
  })}</ol>`;
}
