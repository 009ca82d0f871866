/** Says that something is on its way, and keeps its place. */
import { html, type TemplateResult } from 'lit';
import * as say from '../strings/en/common.ts';

export function renderSkeleton(): TemplateResult {
  return html`<p class="skeleton">${say.loading}</p>`;
}
