/** The page for bulk invites. Each job has a form with the candidates that the recruiter selected in the list. */
import { type Html, html } from '../html.ts';
import { renderLayout } from './layout.ts';
import { JOBS, type Job, type Person } from './people/person.ts';

/** @param selected if empty, every job has an empty form. Otherwise, only the jobs of these candidates have a form. */
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

/** The page's script passes `data-candidates` to the element as a property. */
function renderCohort({ title, project_id, assessment_type }: Job, people: readonly Person[]): Html {
  const candidates = people.map(({ name, email }) => ({ candidate_name: name, candidate_email: email }));
  const dataAttribute = candidates.length > 0 && html`data-candidates="${JSON.stringify(candidates)}"`;
  return html`<section aria-label="${title}">
    <h2>${title}</h2>
    <evalon-cohort project-id="${project_id}" assessment-type="${assessment_type}" ${dataAttribute}></evalon-cohort>
  </section>`;
}
