/**
 * Shows results side by side, section by section, in the order of selection. Does not rank or recommend. Sets the ARIA
 * roles explicitly, because the stacked layout of narrow elements removes them.
 */
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
  return html`<section class="rows" part="comparison" aria-label=${strings.compareTitle} @keydown=${(
    event: KeyboardEvent,
  ) => {
    if (event.key === 'Escape') onClose();
  }}>
    <h3 tabindex="-1">${strings.compareTitle}</h3>
    <table role="table" aria-label=${strings.compareTitle}>
      <thead role="rowgroup"><tr role="row"><td role="cell"></td>${sessions.map(
        (session) =>
          html`<th role="columnheader" scope="col"><bdi>${session.candidate_name}</bdi><small><bdi>${findLabel(session)}</bdi></small></th>`,
      )}</tr></thead>
      <tbody role="rowgroup">
        ${renderRow(
          strings.columns.overall,
          sessions.map(({ score_summary }) => formatScore(score_summary?.overall ?? null, score_summary?.overall_max)),
        )}
        ${sectionNames.map((sectionName) =>
          renderRow(
            sectionName,
            sessions.map(({ score_summary }) => {
              const section = score_summary?.sections.find(({ name }) => name === sectionName);
              return formatScore(section?.score ?? null, section?.max_score);
            }),
          ),
        )}
      </tbody>
    </table>
    <button part="close-button" @click=${onClose}>${strings.closeCompare}</button>
  </section>`;
}

function renderRow(heading: string, scores: string[]): TemplateResult {
  return html`<tr role="row"><th role="rowheader" scope="row"><bdi>${heading}</bdi></th>${scores.map((score) => html`<td role="cell">${score}</td>`)}</tr>`;
}
