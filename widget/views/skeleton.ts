/** Says that something is on its way, and keeps its place. */
import { html, type TemplateResult } from 'lit/html.js';
import * as say from '../messages/en.ts';

export function skeleton(): TemplateResult {
  return html`<p class="skeleton">${say.loading}</p>`;
}
