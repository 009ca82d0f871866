/**
 * A result: overall score, sections with their questions, and the summary. The questions and the actions of a result
 * (unfold, compare, copy, print) are in `report/`, which loads on demand.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Section, Session } from '../api/parse.ts';
import * as strings from '../strings/en/common.ts';
import type { Connection } from '../sync/connection.ts';
import type { ReportExtras } from './report/report.ts';
import { renderScorecardProblem } from './retry-status.ts';
import { isEmptyScorecard, renderScoreBar, renderScoreDial } from './score.ts';
import { renderSkeleton } from './skeleton.ts';

type ReportModule = typeof import('./report/report.ts');

let reportModule: ReportModule | undefined;

/** Shows the scorecard. Until it has loaded, shows the summary that the session contains. */
export function renderScorecard(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  assessment: string,
): TemplateResult {
  const { scorecards, config } = connection;
  const { scorecard, problem } = scorecards.get(session.session_uuid, session.updated_at);
  const shown = scorecard ?? session.score_summary;
  const { overall, overall_max = null, sections = [], narrative } = shown ?? {};
  const requestReport = () => void loadReport(connection);
  if (config?.comparison || (scorecard && isEmptyScorecard(scorecard))) requestReport();
  const extras = scorecard && reportModule?.renderReportExtras(connection, root, session, assessment, scorecard);
  return html`<div class="scorecard" part="scorecard">
    ${overall === undefined ? nothing : renderScoreDial(overall, overall_max, extras?.percentile)}
    <div class="rows findings">
      <ul part="sections">${sections.map((section) => renderSection(section, requestReport, extras))}</ul>
      ${narrative ? html`<div class="narrative" part="narrative"><h4>${strings.summaryHeading}</h4><p>${narrative.trim()}</p></div>` : nothing}
      ${problem ? renderScorecardProblem(problem, () => scorecards.retry(session.session_uuid)) : nothing}
      ${scorecard || problem ? nothing : renderSkeleton()}
      <div class="actions">${extras?.actions ?? (scorecard ? renderMoreButton(session, requestReport) : nothing)}</div>
    </div>
  </div>`;
}

function renderSection(section: Section, onUnfold: () => void, extras: ReportExtras | undefined): TemplateResult {
  if (!section.questions.length)
    return html`<li part="section"><div class="line">${renderScoreBar(section)}</div></li>`;
  return html`<li part="section">
    <details @toggle=${onUnfold}>
      <summary class="line">${renderScoreBar(section)}</summary>
      ${extras?.renderQuestions(section.questions)}
    </details>
  </li>`;
}

function renderMoreButton({ candidate_name }: Session, onClick: () => void): TemplateResult {
  const label = strings.copyOrPrintLabel(candidate_name);
  return html`<button part="more-button" aria-label=${label} @click=${onClick}>${strings.copyOrPrint}</button>`;
}

/** Loads the code once, then renders all results again. After a failure, the next click tries again. */
async function loadReport(connection: Connection): Promise<void> {
  if (reportModule) return;
  reportModule = await import('./report/report.ts').catch(() => undefined);
  if (reportModule) connection.notifyListeners();
}
