/** The demo ATS's list of candidates, with an assessment chip in each row. */
import { type Html, html } from '../html.ts';
import { renderAvatar, renderDaysAgo, renderIcon, renderLayout } from './layout.ts';
import { PEOPLE } from './people/people.ts';
import { type Job, MARKETING_JOB, type Person, SALES_JOB } from './people/person.ts';

/** Where the page goes when somebody is chosen in the inbox: an ATS knows its own addresses. */
const PROFILES = Object.fromEntries(PEOPLE.map(({ id, email }) => [email, `/candidates/${id}`]));

export interface ListParams {
  /** Id of a job; all of them where it is absent. */
  jobId?: string;
  /** Whoever is shown in the side panel. */
  panelPerson?: Person;
}

export function renderListPage(people: readonly Person[], choice: ListParams, now: number): Html {
  const shown = people.filter(({ job }) => !choice.jobId || job.id === choice.jobId);
  return renderLayout(
    'Candidates',
    html`<header class="page-head">
        <h1>Candidates <span class="count">${shown.length}</span></h1>
        <nav class="filters" aria-label="Filter by job">${[undefined, MARKETING_JOB, SALES_JOB].map((job) => filter(job, choice))}</nav>
      </header>
      ${!choice.panelPerson && tour}
      <div class="inbox"><evalon-inbox data-profiles="${JSON.stringify(PROFILES)}"></evalon-inbox></div>
      <div class="${choice.panelPerson && 'with-panel'}">
        <div class="card table-card">
          <table class="people">
            <thead><tr><th scope="col">Candidate</th><th scope="col" class="job">Job</th><th scope="col" class="stage">Stage</th><th scope="col" class="applied">Applied</th><th scope="col">Assessment</th><th scope="col"><span class="unseen">Side panel</span></th></tr></thead>
            <tbody>${shown.map((person) => row(person, choice, now))}</tbody>
          </table>
        </div>
        ${choice.panelPerson && sidePanel(choice.panelPerson, choice)}
      </div>`,
  );
}

/** What to click, for who has a minute. */
const tour = html`<ol class="card tour" aria-label="Try it in a minute">
  <li><strong>Invite</strong> <span>Open <a href="/candidates/ada-demo">Ada Demo</a> and click Invite.</span></li>
  <li><strong>Be the candidate</strong> <span>Open her link and answer, or let her finish now.</span></li>
  <li><strong>Watch</strong> <span>Status and scorecard arrive by themselves, here and on every page.</span></li>
</ol>`;

function address({ jobId: job, panelPerson: peeked }: ListParams): string {
  const query = new URLSearchParams({ ...(job && { job }), ...(peeked && { peek: peeked.id }) });
  return query.size ? `/?${query}` : '/';
}

function without(choice: ListParams, part: keyof ListParams): ListParams {
  const { [part]: _, ...rest } = choice;
  return rest;
}

function filter(job: Job | undefined, choice: ListParams): Html {
  const isChosen = job?.id === choice.jobId;
  return html`<a href="${address({ ...without(choice, 'jobId'), ...(job && { jobId: job.id }) })}" ${isChosen && html`aria-current="true"`}>${job?.title ?? 'All jobs'}</a>`;
}

function row(person: Person, choice: ListParams, now: number): Html {
  const isPeeked = person.id === choice.panelPerson?.id;
  return html`<tr>
    <th scope="row"><div class="who">${renderAvatar(person.name)}<div>
      <a href="/candidates/${person.id}">${person.name}</a><span class="muted">${person.email}</span>
    </div></div></th>
    <td class="job">${person.job.title}</td>
    <td class="stage"><span class="pill">${person.stage}</span></td>
    <td class="applied"><span class="narrow-only">Applied </span>${renderDaysAgo(person.appliedDaysAgo, now)}</td>
    <td class="chip"><evalon-status candidate-email="${person.email}" project-id="${person.job.project_id}"></evalon-status></td>
    <td class="peek"><a data-inplace href="${address({ ...choice, panelPerson: person })}" title="Side panel" aria-label="Show ${person.name} in the side panel" ${isPeeked && html`aria-current="true"`}>${renderIcon('M3 4h14v12H3zM12 4v12')}</a></td>
  </tr>`;
}

/** The widget where an ATS has little room: beside the list. */
function sidePanel(person: Person, choice: ListParams): Html {
  return html`<aside class="side-panel" aria-label="Side panel">
    <div class="side-head" data-part="side-head">
      ${renderAvatar(person.name)}<a href="/candidates/${person.id}">${person.name}</a>
      <a class="close" href="${address(without(choice, 'panelPerson'))}" aria-label="Close the side panel">${renderIcon('M5 5l10 10M15 5L5 15')}</a>
    </div>
    <evalon-assessments candidate-email="${person.email}" candidate-name="${person.name}" project-id="${person.job.project_id}"></evalon-assessments>
  </aside>`;
}
