/** Bulk invites: the candidates that the recruiter selected in the list, by job, or an empty form for each job. */
import { type Html, html } from '../html.ts';
import { renderLayout } from './layout.ts';
import { JOBS, type Job, type Person } from './people/person.ts';

/** @param selected if empty, each job has a form. */
export function renderCohortsPage(selected: readonly Person[]): Html {
  const jobs = JOBS.filter((job) => !selected.length || selected.some((person) => person.job === job));
  return renderLayout(
    'Cohorts',
    html`<header class="page-header"><h1>Invite a cohort</h1></header>
      <div class="cohorts">${jobs.map((job) =>
        renderCohort(
          job,
          selected.filter((person) => person.job === job),
        ),
      )}</div>`,
    'Cohorts',
  );
}

/** The page's script passes the candidates on as a property. */
function renderCohort({ title, project_id, assessment_type }: Job, people: readonly Person[]): Html {
  const candidates = people.map(({ name, email }) => ({ candidate_name: name, candidate_email: email }));
  const data = candidates.length > 0 && html`data-candidates="${JSON.stringify(candidates)}"`;
  return html`<section aria-label="${title}">
    <h2>${title}</h2>
    <evalon-cohort project-id="${project_id}" assessment-type="${assessment_type}" ${data}></evalon-cohort>
  </section>`;
}
