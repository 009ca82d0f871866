/** What went wrong and what to do: a sentence with a retry, or the sign-in. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WidgetProblem } from '../api/errors.ts';
import * as say from '../strings/en/common.ts';
import { renderSignIn } from './sign-in.ts';

/** The sentence, and the reference for IT. */
export function renderProblemText(problem: WidgetProblem): TemplateResult {
  const { requestId: reference } = problem.details;
  return html`<p class="failed" part="problem"
    >${say.describeProblem(problem)} ${reference ? html`<small part="reference">${say.referenceLine(reference)}</small>` : nothing}</p
  >`;
}

export function renderProblem(problem: WidgetProblem, retry: () => void): TemplateResult {
  const { signInUrl } = problem.details;
  if (signInUrl) return renderSignIn(signInUrl, retry);
  return html`<div class="rows">
    ${renderProblemText(problem)}
    <button part="retry-button" @click=${retry}>${say.retry}</button>
  </div>`;
}
