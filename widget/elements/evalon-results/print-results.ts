/** Prints the rows of the table. */
import { css, html } from 'lit';
import type { Session } from '../../api/parse.ts';
import { baseStyles } from '../../components/styles.ts';
import { formatDate, formatScore, statusLabel } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/results.ts';
import { printPage } from '../../util/print-frame.ts';

const tableStyles = css`
  :host {
    color: #000;
    color-scheme: light;
  }
  table {
    width: 100%;
    margin-top: 12px;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 12px 4px 0;
    border-bottom: 1px solid #bbb;
    text-align: start;
    vertical-align: top;
  }
  tr {
    break-inside: avoid;
  }
`;

export function printResults(host: Element, rows: readonly Session[], findLabel: (session: Session) => string): void {
  const { candidate, email, assessment, status, overall, invited, completed } = strings.columns;
  const content = html`<main>
    <h2>${strings.resultsTitle}</h2>
    <table>
      <thead><tr>${[candidate, email, assessment, status, overall, invited, completed].map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
      <tbody>${rows.map((session) => html`<tr>${toCells(session, findLabel(session)).map((cell) => html`<td><bdi>${cell}</bdi></td>`)}</tr>`)}</tbody>
    </table>
  </main>`;
  printPage(host, { title: strings.resultsTitle, content, styles: [baseStyles, tableStyles].join('') });
}

function toCells(session: Session, label: string): string[] {
  const { candidate_name, candidate_email, status, score_summary, invited_at, completed_at } = session;
  const overall = score_summary?.overall;
  return [
    candidate_name,
    candidate_email,
    label,
    statusLabel(status),
    overall === undefined ? '' : formatScore(overall, score_summary?.overall_max),
    formatDate(invited_at),
    completed_at ? formatDate(completed_at) : '',
  ];
}
