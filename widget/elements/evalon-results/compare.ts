/** Shows results side by side, section by section, in the order of selection. Does not rank or recommend. */
import { html, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import { formatScore } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/results.ts';

export function renderComparison(
  sessions: readonly Session[],
  findLabel: (session: Session) => string,
  onClose: () => void,
): TemplateResult {
  const sectionNames = [
    ...new Set(sessions.flatMap(({ score_summary }) => score_summary?.sections.map(({ name }) => name) ?? [])),
  ];
  return html`<section part="comparison" aria-label=${strings.compareTitle} @keydown=${(event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  }}>
    <h3 tabindex="-1">${strings.compareTitle}</h3>
    <div class="scroll" tabindex="0" role="group" aria-label=${strings.compareTitle}><table>
      <thead><tr><td></td>${sessions.map(
        (session) =>
          html`<th scope="col"><bdi>${session.candidate_name}</bdi><small><bdi>${findLabel(session)}</bdi></small></th>`,
      )}</tr></thead>
      <tbody>
        <tr><th scope="row">${strings.columns.overall}</th>${sessions.map(
          ({ score_summary }) =>
            html`<td>${formatScore(score_summary?.overall ?? null, score_summary?.overall_max)}</td>`,
        )}</tr>
        ${sectionNames.map(
          (sectionName) =>
            html`<tr><th scope="row"><bdi>${sectionName}</bdi></th>${sessions.map((session) => {
              const section = session.score_summary?.sections.find(({ name }) => name === sectionName);
              return html`<td>${formatScore(section?.score ?? null, section?.max_score)}</td>`;
            })}</tr>`,
        )}
      </tbody>
    </table></div>
    <button part="close-button" @click=${onClose}>${strings.closeCompare}</button>
  </section>`;
}
