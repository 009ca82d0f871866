/** Keeps the place of what is still on its way. */
import { html, type TemplateResult } from 'lit/html.js';
import * as say from '../messages/en.ts';

export function skeleton(): TemplateResult {
  return html`<div class="skeleton" role="img" aria-label=${say.loading}></div>`;
}
