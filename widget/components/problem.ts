/** What went wrong, as a sentence, and the way to try again. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { WidgetProblem } from '../api/errors.ts';
import * as say from '../strings/en/common.ts';

/** The sentence, and what IT needs to find out more. */
export function sentence(problem: WidgetProblem): TemplateResult {
  const { reference } = problem.facts;
  return html`<p class="failed" part="problem"
    >${say.problem(problem)} ${reference ? html`<small part="reference">${say.reference(reference)}</small>` : nothing}</p
  >`;
}

export function problemView(problem: WidgetProblem, retry: () => void): TemplateResult {
  return (
    problem.facts.view?.(retry) ??
    html`<div class="rows">
      ${sentence(problem)}
      <button part="retry-button" @click=${retry}>${say.retry}</button>
    </div>`
  );
}
