/** The questions and the actions of a result: unfold, compare, copy and print. */
import { html, type TemplateResult } from 'lit';
import type { Question } from '../../../proxy/contract/scorecard.ts';
import type { Scorecard, Session } from '../../api/parse.ts';
import * as strings from '../../strings/en/report.ts';
import type { Connection } from '../../sync/connection.ts';
import { addStyles } from '../../util/shadow-styles.ts';
import { renderCopyButton } from '../copy-button.ts';
import { isEmptyScorecard } from '../score.ts';
import { getPercentileText } from './percentile.ts';
import { printReport } from './print.ts';
import { renderQuestions } from './questions.ts';
import { reportStyles } from './report-styles.ts';
import { type Report, reportToText } from './to-text.ts';

export interface ReportExtras {
  percentile: TemplateResult | undefined;
  renderQuestions: (questions: Question[]) => TemplateResult;
  actions: TemplateResult;
}

/** Also adds the styles of the extras to `root`. */
export function renderReportExtras(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  assessment: string,
  scorecard: Scorecard,
): ReportExtras {
  addStyles(root, reportStyles);
  const percentile = getPercentileText(connection, session, scorecard);
  return {
    renderQuestions,
    percentile: percentile ? html`<p part="standing">${percentile}</p>` : undefined,
    actions: renderActions({ session, assessment, scorecard, percentile }, root.host),
  };
}

function renderActions(report: Report, host: Element): TemplateResult {
  if (isEmptyScorecard(report.scorecard)) return html`<p>${strings.emptyResult}</p>`;
  const title = strings.resultTitle(report.session, report.assessment);
  return html`${renderCopyButton({
    text: strings.copySummary,
    label: strings.copySummaryLabel(title),
    content: reportToText(report),
  })}
    <button part="print-button" aria-label=${strings.printLabel(title)} @click=${() => printReport(host, report)}>${strings.print}</button>`;
}
