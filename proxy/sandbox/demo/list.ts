/** The list of candidates, with a status chip in each row and an optional side panel. */
import { type Html, html } from '../html.ts';
import { renderAvatar, renderDaysAgo, renderIcon, renderLayout } from './layout.ts';
import { PEOPLE } from './people/people.ts';
import { type Job, MARKETING_JOB, type Person, SALES_JOB } from './people/person.ts';
import { tourOverview } from './tour.ts';

/** Profile URLs by email, for the inbox's links. */
const PROFILE_URLS = Object.fromEntries(PEOPLE.map(({ id, email }) => [email, `/candidates/${id}`]));

const SIDE_PANEL_ICON = 'M3 4h14v12H3zM12 4v12';
const CLOSE_ICON = 'M5 5l10 10M15 5L5 15';

export interface ListParams {
  /** Default: all jobs. */
  jobId?: string;
  /** The candidate in the side panel. */
  panelPerson?: Person;
}

const HEADINGS = html`<tr>
  <th scope="col" class="select"><span class="visually-hidden">Select</span></th><th scope="col">Candidate</th><th scope="col" class="job">Job</th><th scope="col" class="stage">Stage</th>
  <th scope="col" class="applied">Applied</th><th scope="col">Assessment</th>
  <th scope="col"><span class="visually-hidden">Side panel</span></th>
</tr>`;

export function renderListPage(people: readonly Person[], params: ListParams, now: number): Html {
  const { jobId, panelPerson } = params;
  const shown = people.filter(({ job }) => !jobId || job.id === jobId);
  const jobs = [undefined, MARKETING_JOB, SALES_JOB];
  return renderLayout(
    'Candidates',
    html`<header class="page-header">
        <h1>Candidates <span class="count">${shown.length}</span></h1>
        <nav class="filters" aria-label="Filter by job">${jobs.map((job) => renderFilter(job, params))}</nav>
      </header>
      ${!panelPerson && tourOverview}
      <div class="inbox"><evalon-inbox data-profiles="${JSON.stringify(PROFILE_URLS)}"></evalon-inbox></div>
      <div class="${panelPerson && 'with-panel'}">
        <form class="card table-card" action="/cohorts">
          <div class="table-actions">
            <button type="submit" disabled>Invite selected…</button><span class="muted select-hint">Select candidates to invite them together.</span>
          </div>
          <table class="candidates-table">
            <thead>${HEADINGS}</thead>
            <tbody>${shown.map((person) => renderRow(person, params, now))}</tbody>
          </table>
        </form>
        ${panelPerson && renderSidePanel(panelPerson, params)}
      </div>`,
  );
}

function buildUrl({ jobId, panelPerson }: ListParams): string {
  const query = new URLSearchParams({ ...(jobId && { job: jobId }), ...(panelPerson && { panel: panelPerson.id }) });
  return query.size ? `/?${query}` : '/';
}

/** Returns a copy of the parameters without `name`. */
function omit(params: ListParams, name: keyof ListParams): ListParams {
  const { [name]: _, ...rest } = params;
  return rest;
}

function renderFilter(job: Job | undefined, params: ListParams): Html {
  const url = buildUrl({ ...omit(params, 'jobId'), ...(job && { jobId: job.id }) });
  const isCurrent = job?.id === params.jobId;
  return html`<a href="${url}" ${isCurrent && html`aria-current="true"`}>${job?.title ?? 'All jobs'}</a>`;
}

function renderRow(person: Person, params: ListParams, now: number): Html {
  const { id, name, email, job, stage } = person;
  const isCurrent = id === params.panelPerson?.id;
  return html`<tr>
    <td class="select"><label><input type="checkbox" name="id" value="${id}" aria-label="Select ${name}"></label></td>
    <th scope="row"><div class="candidate">${renderAvatar(name)}<div>
      <a href="/candidates/${id}">${name}</a><span class="muted">${email}</span>
    </div></div></th>
    <td class="job">${job.title}</td>
    <td class="stage"><span class="pill">${stage}</span></td>
    <td class="applied"><span class="narrow-only">Applied </span>${renderDaysAgo(person.appliedDaysAgo, now)}</td>
    <td class="chip"><evalon-status candidate-email="${email}" project-id="${job.project_id}"></evalon-status></td>
    <td class="panel-cell"><a data-inplace href="${buildUrl({ ...params, panelPerson: person })}" title="Side panel"
      aria-label="Show ${name} in the side panel" ${isCurrent && html`aria-current="true"`}>${renderIcon(SIDE_PANEL_ICON)}</a></td>
  </tr>`;
}

function renderSidePanel({ id, name, email, job }: Person, params: ListParams): Html {
  return html`<aside class="side-panel" aria-label="Side panel">
    <div class="panel-header" data-part="panel-header">
      ${renderAvatar(name)}<a href="/candidates/${id}">${name}</a>
      <a class="close" href="${buildUrl(omit(params, 'panelPerson'))}"
        aria-label="Close the side panel">${renderIcon(CLOSE_ICON)}</a>
    </div>
    <evalon-assessments candidate-email="${email}" candidate-name="${name}" project-id="${job.project_id}"></evalon-assessments>
  </aside>`;
}
