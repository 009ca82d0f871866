/** The questions of a section: score, feedback and time. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Question } from '../../package/session.ts';
import { formatScore } from '../../strings/en/common.ts';
import { timeTaken } from '../../strings/en/report.ts';

export function renderQuestions(questions: Question[]): TemplateResult {
  return html`<ol part="questions">${questions.map(renderQuestion)}</ol>`;
}

function renderQuestion({ title, score, max_score, feedback, time_seconds }: Question): TemplateResult {
  return html`<li part="question">
    <span><bdi>${title}</bdi></span><b>${formatScore(score, max_score)}</b>
    ${feedback ? html`<p>${feedback}</p>` : nothing}
    ${time_seconds ? html`<p><small>${timeTaken(time_seconds)}</small></p>` : nothing}
  </li>`;
}
