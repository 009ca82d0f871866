/** The questions of a section: score, feedback, time. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Question } from '../../../proxy/contract/scorecard.ts';
import { formatScore } from '../../strings/en/common.ts';
import * as say from '../../strings/en/report.ts';

export function renderQuestions(all: Question[]): TemplateResult {
  return html`<ol part="questions">${all.map(question)}</ol>`;
}

function question({ title, score: points, max_score, feedback, time_seconds }: Question): TemplateResult {
  return html`<li part="question">
    <span><bdi>${title}</bdi></span><b>${formatScore(points, max_score)}</b>
    ${feedback ? html`<p>${feedback}</p>` : nothing}
    ${time_seconds ? html`<p><small>${say.timeTaken(time_seconds)}</small></p>` : nothing}
  </li>`;
}
