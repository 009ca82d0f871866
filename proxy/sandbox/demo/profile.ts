/** A candidate's profile in the demo ATS. What `data-part` names is what changes when the next candidate is shown in place. */
import type { SessionStatus } from '../../contract/status.ts';
import { type Html, html } from '../html.ts';
import { renderAvatar, renderDaysAgo, renderLayout } from './layout.ts';
import { type Person, STAGES } from './people/person.ts';
import { renderTour } from './tour.ts';

/** `neighbours` are the candidates before and after this one in the list, `status` how far this one has come. */
export function renderProfilePage(
  person: Person,
  neighbours: { previous?: Person; next?: Person },
  status: SessionStatus | undefined,
  now: number,
): Html {
  return renderLayout(
    person.name,
    html`<div class="crumbs">
        <a href="/">Candidates</a>
        <nav class="pager" aria-label="Other candidates">
          ${pagerLink('previous', 'Previous', neighbours.previous)}${pagerLink('next', 'Next', neighbours.next)}
        </nav>
      </div>
      <header class="profile-head" data-part="head">
        ${renderAvatar(person.name, 'large')}
        <div class="identity">
          <h1>${person.name}</h1>
          <p>${person.headline} · ${person.location}</p>
          <p class="muted"><a href="mailto:${person.email}">${person.email}</a> · for <strong>${person.job.title}</strong></p>
        </div>
        <ol class="stages" aria-label="Stage">${STAGES.map((stage) => stageMark(stage, person.stage))}</ol>
      </header>
      <div class="columns">
        <div class="story" data-part="story">${story(person, now)}</div>
        <aside class="side" aria-label="Assessments and facts">
          <div class="widget">
            <evalon-assessments candidate-email="${person.email}" candidate-name="${person.name}" project-id="${person.job.project_id}"></evalon-assessments>
          </div>
          ${renderTour(person, status)}
          <section class="card" data-part="facts">${facts(person, now)}</section>
        </aside>
      </div>`,
  );
}

function pagerLink(direction: 'previous' | 'next', label: string, person: Person | undefined): Html {
  return html`<a data-inplace data-pager="${direction}" ${person && html`href="/candidates/${person.id}"`} rel="${direction === 'next' ? 'next' : 'prev'}"
    aria-label="${label} candidate${person && html`: ${person.name}`}" ${!person && html`aria-disabled="true"`}>${label}</a>`;
}

function stageMark(stage: Person['stage'], current: Person['stage']): Html {
  const isPast = STAGES.indexOf(stage) < STAGES.indexOf(current);
  return html`<li class="${isPast && 'past'}" ${stage === current && html`aria-current="step"`}>${stage}</li>`;
}

function story(person: Person, now: number): Html {
  return html`<section class="card">
      <h2>Summary</h2><p>${person.summary}</p>
      <ul class="tags">${person.skills.map((skill) => html`<li>${skill}</li>`)}</ul>
    </section>
    <section class="card">
      <h2>Experience</h2>
      <ol class="timeline">${person.experience.map(
        ({ role, place, years }) =>
          html`<li><strong>${role}</strong><span>${place}</span><span class="muted">${years}</span></li>`,
      )}</ol>
      <h3>Education</h3><p>${person.education}</p>
    </section>
    <section class="card">
      <h2>Notes</h2>
      <ul class="notes">${person.notes.map(
        ({ by, daysAgo: days, text }) =>
          html`<li>${renderAvatar(by)}<div><p class="muted"><strong>${by}</strong> · ${renderDaysAgo(days, now)}</p><p>${text}</p></div></li>`,
      )}</ul>
    </section>`;
}

function facts(person: Person, now: number): Html {
  return html`<h2>Application</h2>
    <dl>
      <div><dt>Job</dt><dd>${person.job.title}</dd></div>
      <div><dt>Applied</dt><dd>${renderDaysAgo(person.appliedDaysAgo, now)}</dd></div>
      <div><dt>Source</dt><dd>${person.source}</dd></div>
      <div><dt>Location</dt><dd>${person.location}</dd></div>
    </dl>`;
}
