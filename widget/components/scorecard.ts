/** A result: overall score with its facts, sections with their questions, and the summary. Its code loads on demand. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Scorecard, Section, Session } from '../api/parse.ts';
import * as reportStrings from '../strings/en/report.ts';
import { lookUp } from '../strings/look-up.ts';
import type { Connection } from '../sync/connection.ts';
import { addStyles } from '../util/shadow-styles.ts';
import { renderCopyButton } from './copy-button.ts';
import { getFacts } from './report/facts.ts';
import { getPercentileText } from './report/percentile.ts';
import { printReport } from './report/print.ts';
import { renderQuestions } from './report/questions.ts';
import { type Report, reportToText } from './report/to-text.ts';
import { renderScorecardProblem } from './retry-status.ts';
import { isEmptyScorecard, renderScoreBar, renderScoreDial } from './score.ts';
import { scorecardStyles } from './scorecard-styles.ts';
import { renderResultSkeleton } from './skeleton.ts';

/** Shows the scorecard. Until the scorecard has loaded, shows the summary in the session. */
export function renderScorecard(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  assessment: string,
): TemplateResult {
  addStyles(root, scorecardStyles);
  const { scorecards } = connection;
  const { scorecard, problem } = scorecards.get(session.session_uuid, session.updated_at);
  const { overall, overall_max = null, sections = [], narrative } = scorecard ?? session.score_summary ?? {};
  const percentile = scorecard && getPercentileText(connection, session, scorecard);
  return html`<div class="scorecard" part="scorecard">
    <div class="overall" part="overall">
      ${overall === undefined ? nothing : renderScoreDial(overall, overall_max)}
      <div class="facts">
        ${getFacts(session, scorecard).map((fact) => html`<p>${fact}</p>`)}
        ${percentile ? html`<p part="standing">${percentile}</p>` : nothing}
      </div>
    </div>
    <div class="rows findings">
      ${sections.length ? html`<ul part="sections">${sections.map(renderSection)}</ul>` : nothing}
      ${narrative ? html`<div class="narrative" part="narrative"><h4>${reportStrings.summaryHeading}</h4><p>${narrative.trim()}</p></div>` : nothing}
      ${scorecard ? renderMissingParts(scorecard) : nothing}
      ${problem ? renderScorecardProblem(problem, () => scorecards.retry(session.session_uuid), reportStrings.detailsFailed) : nothing}
      ${scorecard || problem ? nothing : renderResultSkeleton()}
      ${scorecard ? renderActions({ session, assessment, scorecard, percentile }, root.host) : nothing}
    </div>
  </div>`;
}

function renderSection(section: Section): TemplateResult {
  if (!section.questions.length)
    return html`<li part="section"><div class="line">${renderScoreBar(section)}</div></li>`;
  return html`<li part="section">
    <details>
      <summary class="line">${renderScoreBar(section)}</summary>
      ${renderQuestions(section.questions)}
    </details>
  </li>`;
}

function renderMissingParts(scorecard: Scorecard): TemplateResult | typeof nothing {
  const { overall, sections, narrative } = scorecard;
  const missing = [
    overall === undefined ? 'overall' : '',
    sections.length ? '' : 'sections',
    narrative ? '' : 'narrative',
  ];
  const text = lookUp(reportStrings.missingParts, missing.filter(Boolean).join(' '));
  return text ? html`<p part="waiting">${text}</p>` : nothing;
}

function renderActions(report: Report, host: Element): TemplateResult {
  if (isEmptyScorecard(report.scorecard)) return html`<p>${reportStrings.emptyResult}</p>`;
  const title = reportStrings.resultTitle(report.session, report.assessment);
  return html`<div class="actions">${renderCopyButton({
    text: reportStrings.copyResult,
    label: reportStrings.copyResultLabel(title),
    content: reportToText(report),
  })}
    <button part="print-button" aria-label=${reportStrings.printResultLabel(title)} @click=${() => printReport(host, report)}>${reportStrings.printResult}</button></div>`;
}
