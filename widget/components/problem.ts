/** What went wrong, as a sentence, and the way to try again. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { WidgetProblem } from '../api/errors.ts';
import * as say from '../strings/en/common.ts';

/** The sentence, and what IT needs to find out more. */
export function renderProblemText(problem: WidgetProblem): TemplateResult {
  const { requestId: reference } = problem.details;
  return html`<p class="failed" part="problem"
    >${say.describeProblem(problem)} ${reference ? html`<small part="reference">${say.referenceLine(reference)}</small>` : nothing}</p
  >`;
}

export function renderProblem(problem: WidgetProblem, retry: () => void): TemplateResult {
  return (
    problem.details.render?.(retry) ??
    html`<div class="rows">
      ${renderProblemText(problem)}
      <button part="retry-button" @click=${retry}>${say.retry}</button>
    </div>`
  );
}
