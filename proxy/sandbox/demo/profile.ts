/**
 * A candidate's profile. The page's script replaces each `data-part` to show the next candidate without a navigation.
 */
import type { SessionStatus } from '../../contract/status.ts';
import { type Html, html } from '../html.ts';
import { renderAvatar, renderDaysAgo, renderLayout } from './layout.ts';
import { type Person, STAGES } from './people/person.ts';
import { renderTourStep } from './tour.ts';

/** @param neighbors the candidates before and after this one in the list. */
export function renderProfilePage(
  person: Person,
  neighbors: { previous?: Person; next?: Person },
  status: SessionStatus | undefined,
  now: number,
): Html {
  const { name, email, job } = person;
  return renderLayout(
    name,
    html`<div class="breadcrumbs">
        <a href="/">Candidates</a>
        <nav class="pager" aria-label="Other candidates">
          ${renderPagerLink('prev', 'Previous', neighbors.previous)}${renderPagerLink('next', 'Next', neighbors.next)}
        </nav>
      </div>
      <header class="profile-header" data-part="header">
        ${renderAvatar(name, 'large')}
        <div class="identity">
          <h1>${name}</h1>
          <p>${person.headline} · ${person.location}</p>
          <p class="muted"><a href="mailto:${email}">${email}</a> · for <strong>${job.title}</strong></p>
        </div>
        <ol class="stages" aria-label="Stage">${STAGES.map((stage) => renderStage(stage, person.stage))}</ol>
      </header>
      <div class="columns">
        <div class="profile-main" data-part="main">${renderMain(person, now)}</div>
        <aside class="profile-aside" aria-label="Assessments and application">
          <div class="widget">
            <evalon-assessments candidate-email="${email}" candidate-name="${name}" project-id="${job.project_id}"></evalon-assessments>
          </div>
          ${renderTourStep(person, status)}
          <section class="card" data-part="application">${renderApplication(person, now)}</section>
        </aside>
      </div>`,
  );
}

function renderPagerLink(rel: 'prev' | 'next', label: string, person: Person | undefined): Html {
  return html`<a data-inplace data-pager="${rel}" ${person && html`href="/candidates/${person.id}"`} rel="${rel}"
    aria-label="${label} candidate${person && html`: ${person.name}`}" ${!person && html`aria-disabled="true"`}>${label}</a>`;
}

function renderStage(stage: Person['stage'], current: Person['stage']): Html {
  const isPast = STAGES.indexOf(stage) < STAGES.indexOf(current);
  return html`<li class="${isPast && 'past'}" ${stage === current && html`aria-current="step"`}>${stage}</li>`;
}

function renderMain({ summary, skills, experience, education, notes }: Person, now: number): Html {
  return html`<section class="card">
      <h2>Summary</h2><p>${summary}</p>
      <ul class="tags">${skills.map((skill) => html`<li>${skill}</li>`)}</ul>
    </section>
    <section class="card">
      <h2>Experience</h2>
      <ol class="timeline">${experience.map(
        ({ role, place, years }) =>
          html`<li><strong>${role}</strong><span>${place}</span><span class="muted">${years}</span></li>`,
      )}</ol>
      <h3>Education</h3><p>${education}</p>
    </section>
    <section class="card">
      <h2>Notes</h2>
      <ul class="notes">${notes.map(
        ({ by, daysAgo, text }) =>
          html`<li>${renderAvatar(by)}<div>
            <p class="muted"><strong>${by}</strong> · ${renderDaysAgo(daysAgo, now)}</p><p>${text}</p>
          </div></li>`,
      )}</ul>
    </section>`;
}

function renderApplication({ job, appliedDaysAgo, source, location }: Person, now: number): Html {
  return html`<h2>Application</h2>
    <dl>
      <div><dt>Job</dt><dd>${job.title}</dd></div>
      <div><dt>Applied</dt><dd>${renderDaysAgo(appliedDaysAgo, now)}</dd></div>
      <div><dt>Source</dt><dd>${source}</dd></div>
      <div><dt>Location</dt><dd>${location}</dd></div>
    </dl>`;
}
