/** The demo ATS's list of candidates, with an assessment chip in each row. */
import { type Html, html } from '../html.ts';
import { avatar, daysAgo, layout } from './layout.ts';
import { type Job, MARKETING, type Person, SALES } from './people/person.ts';

export function listPage(people: readonly Person[], chosenJob: string | undefined, now: number): Html {
  const shown = people.filter(({ job }) => !chosenJob || job.id === chosenJob);
  return layout(
    'Candidates',
    html`<header class="page-head">
        <h1>Candidates <span class="count">${shown.length}</span></h1>
        <nav class="filters" aria-label="Filter by job">
          ${filter(undefined, chosenJob)}${filter(MARKETING, chosenJob)}${filter(SALES, chosenJob)}
        </nav>
      </header>
      <div class="card table-card">
        <table class="people">
          <thead><tr><th scope="col">Candidate</th><th scope="col">Job</th><th scope="col">Stage</th><th scope="col">Applied</th><th scope="col">Assessment</th></tr></thead>
          <tbody>${shown.map((person) => row(person, now))}</tbody>
        </table>
      </div>`,
  );
}

function filter(job: Job | undefined, chosenJob: string | undefined): Html {
  const isChosen = job?.id === chosenJob;
  return html`<a href="${job ? `/?job=${job.id}` : '/'}" ${isChosen && html`aria-current="true"`}>${job?.title ?? 'All jobs'}</a>`;
}

function row(person: Person, now: number): Html {
  return html`<tr>
    <th scope="row"><div class="who">${avatar(person.name)}<div>
      <a href="/candidates/${person.id}">${person.name}</a><span class="muted">${person.email}</span>
    </div></div></th>
    <td class="job">${person.job.title}</td>
    <td class="stage"><span class="pill">${person.stage}</span></td>
    <td class="applied"><span class="narrow-only">Applied </span>${daysAgo(person.appliedDaysAgo, now)}</td>
    <td class="chip"><evalon-status candidate-email="${person.email}" project-id="${person.job.project_id}"></evalon-status></td>
  </tr>`;
}
