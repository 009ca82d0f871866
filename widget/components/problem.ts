/** A failure as a sentence with a retry button, or as the sign-in that resolves it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WidgetProblem } from '../api/errors.ts';
import * as strings from '../strings/en/common.ts';
import { renderSignIn } from './sign-in.ts';

/** Includes the reference by which IT finds the request in the proxy's log. */
export function renderProblemText(problem: WidgetProblem): TemplateResult {
  const { requestId } = problem.details;
  return html`<p class="failed" part="problem"
    >${strings.describeProblem(problem)} ${requestId ? html`<small part="reference">${strings.reference(requestId)}</small>` : nothing}</p
  >`;
}

export function renderProblem(problem: WidgetProblem, retry: () => void): TemplateResult {
  const { signInUrl } = problem.details;
  if (signInUrl) return renderSignIn(signInUrl, retry);
  return html`<div class="rows">
    ${renderProblemText(problem)}
    <button part="retry-button" @click=${retry}>${strings.retry}</button>
  </div>`;
}
