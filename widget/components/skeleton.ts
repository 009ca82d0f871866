/** Reserves the space of content that is still loading. */
import { html, type TemplateResult } from 'lit';
import { loading } from '../strings/en/common.ts';

export function renderSkeleton(): TemplateResult {
  return html`<p class="skeleton">${loading}</p>`;
}
