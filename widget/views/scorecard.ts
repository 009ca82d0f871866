/** A result: the overall score, sections as bars that unfold into questions, and the narrative. All of it is text. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Question } from '../../proxy/contract/scorecard.ts';
import * as say from '../messages/en.ts';
import type { Result, Section } from '../state/answers.ts';
import type { HeldScorecard } from '../state/scorecards.ts';
import { problemView } from './problem.ts';
import { skeleton } from './skeleton.ts';

/** Shows the scorecard; until it is there, what the session's own summary already tells. */
export function scorecardView(
  held: HeldScorecard | undefined,
  summary: Result | undefined,
  retry: () => void,
): TemplateResult {
  const { card, problem } = held ?? {};
  const { overall, sections = [], narrative } = card ?? summary ?? {};
  return html`<div class="scorecard" part="scorecard">
    ${
      overall === undefined
        ? nothing
        : html`<p class="overall" part="overall"><span>${say.overall}</span><b>${say.score(overall)}</b><i>/ 100</i></p>`
    }
    <ul part="sections">
      ${sections.map((section) => html`<li part="section">${sectionView(section)}</li>`)}
    </ul>
    ${narrative ? html`<div class="narrative" part="narrative"><h3>${say.summary}</h3><p>${narrative.trim()}</p></div>` : nothing}
    ${problem ? problemView(problem, retry) : card ? nothing : skeleton()}
  </div>`;
}

function sectionView({ name, score, max_score, questions }: Section): TemplateResult {
  const share = Math.min(100, Math.max(0, ((score ?? 0) / max_score) * 100));
  const line = html`<span><bdi>${name}</bdi></span>
    <svg class="bar" part="bar" role="img" aria-label=${say.scoreOf(score, max_score)}>
      <rect class="track" width="100%" height="100%" rx="3" /><rect width=${`${share}%`} height="100%" rx="3" />
    </svg>
    <b aria-hidden="true">${say.score(score, max_score)}</b>`;
  if (!questions.length) return html`<div class="line">${line}</div>`;
  return html`<details>
    <summary class="line">${line}</summary>
    <ol part="questions">
      ${questions.map(questionView)}
    </ol>
  </details>`;
}

function questionView({ title, score, max_score, feedback, time_seconds }: Question): TemplateResult {
  return html`<li part="question">
    <span>${title}</span><b>${say.score(score, max_score)}</b>
    <p>${[feedback, time_seconds ? say.took(time_seconds) : ''].filter(Boolean).join('\n')}</p>
  </li>`;
}
