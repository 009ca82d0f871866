/** The page with the results of a job's project. */
import { type Html, html } from '../html.ts';
import { renderLayout } from './layout.ts';
import { JOBS, MARKETING_JOB } from './people/person.ts';

/** @param jobId the value of the URL parameter `job`. If it names no job, the page shows the marketing job. */
export function renderResultsPage(jobId: unknown): Html {
  const current = JOBS.find(({ id }) => id === jobId) ?? MARKETING_JOB;
  const links = JOBS.map(
    (job) => html`<a href="/results?job=${job.id}" ${job === current && html`aria-current="true"`}>${job.title}</a>`,
  );
  return renderLayout(
    'Results',
    html`<header class="page-header">
        <h1>Assessment results</h1>
        <nav class="filters" aria-label="Job">${links}</nav>
      </header>
      <evalon-results project-id="${current.project_id}"></evalon-results>`,
    'Results',
  );
}
