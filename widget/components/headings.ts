/** The headings of a candidate and of an assessment. */
import { html, type TemplateResult } from 'lit';

export function renderCandidateHeading(name: string, email: string): TemplateResult {
  return html`<p part="candidate"><b><bdi>${name}</bdi></b> <bdi>${email}</bdi></p>`;
}

/** @param end what the end of the line shows: a chip, a button or a sentence */
export function renderAssessmentHeading(label: string, detail: string | TemplateResult, end: unknown): TemplateResult {
  return html`<div><h3 part="label">${label}</h3><p>${detail}</p></div>${end}`;
}
