/** The line that an assessment begins with, and the one that says who it is about. */
import { html, type TemplateResult } from 'lit';

export function renderCandidateHeading(name: string, email: string): TemplateResult {
  return html`<p part="candidate"><b><bdi>${name}</bdi></b> <bdi>${email}</bdi></p>`;
}

/** What it is called, what is known of it in a word, and at the end its status or what to do. */
export function renderAssessmentHeading(label: string, known: string, end: unknown): TemplateResult {
  return html`<div><h3 part="label">${label}</h3><p>${known}</p></div>${end}`;
}
