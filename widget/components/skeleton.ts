/** Shapes in the place of content that is still loading. The transparent text is for screen readers. */
import { html, type TemplateResult } from 'lit';
import { loading } from '../strings/en/common.ts';

/** A label above its detail, and a button. */
export function renderSkeleton(): TemplateResult {
  return html`<p class="skeleton">${loading}</p>`;
}

/** The sections of a result. */
export function renderResultSkeleton(): TemplateResult {
  return html`<p class="skeleton sections">${loading}</p>`;
}
