/** What went wrong, as a sentence, and the way to try again. */
import { html, type TemplateResult } from 'lit';
import * as say from '../messages/en.ts';
import type { WidgetProblem } from '../state/problem.ts';

export function problemView(problem: WidgetProblem, retry: () => void): TemplateResult {
  return html`<div part="problem">
    <p class="problem">${say.problem(problem)}</p>
    <button part="retry-button" @click=${retry}>${say.retry}</button>
  </div>`;
}
