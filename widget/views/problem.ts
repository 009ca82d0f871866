/** What went wrong, as a sentence, and the way to try again. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import * as say from '../messages/en.ts';
import type { WidgetProblem } from '../state/problem.ts';

/** The sentence, and what IT needs to find out more. */
export function sentence(problem: WidgetProblem): TemplateResult {
  const { reference } = problem.facts;
  return html`<p class="failed" part="problem"
    >${say.problem(problem)} ${reference ? html`<small part="reference">${say.reference(reference)}</small>` : nothing}</p
  >`;
}

/** Seconds; who waits for longer wants to know why. */
const LONGEST = 180;

/** For what is tried again by itself: where it is known when, and that is soon, it is said. */
export function problemView(problem: WidgetProblem, retry: () => void): TemplateResult {
  const { retryAfter = LONGEST } = problem.facts;
  return html`<div class="rows">
    ${
      retryAfter < LONGEST && problem.code !== 'unavailable'
        ? html`<p part="waiting">${say.waiting}, ${say.roughly(retryAfter * 1000)}</p>`
        : sentence(problem)
    }
    <button part="retry-button" @click=${retry}>${say.retry}</button>
  </div>`;
}
