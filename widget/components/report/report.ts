/** What a recruiter does with a result: unfolds its questions, sees where it stands, copies it, prints it. */
import { html, type TemplateResult } from 'lit';
import type { Question } from '../../../proxy/contract/scorecard.ts';
import type { Scorecard, Session } from '../../api/parse.ts';
import { withSubject } from '../../strings/en/common.ts';
import * as say from '../../strings/en/report.ts';
import type { Connection } from '../../sync/connection.ts';
import { addStyles } from '../../util/shadow-styles.ts';
import type { renderCopyButton } from '../copy-button.ts';
import { getPercentileText } from './percentile.ts';
import { printScorecard } from './print.ts';
import { renderQuestions } from './questions.ts';
import { reportStyles } from './report-styles.ts';
import { scorecardToText } from './to-text.ts';

export { copyWithExecCommand } from './clipboard-fallback.ts';

interface ReportExtras {
  percentile: TemplateResult | undefined;
  renderQuestions: (questions: Question[]) => TemplateResult;
  actions: TemplateResult;
}

/** What a result gets in `root` beyond its figures. `copy` is handed in, because the module that makes it loads this one. */
export function renderReportExtras(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  label: string,
  card: Scorecard,
  copy: typeof renderCopyButton,
): ReportExtras {
  addStyles(root, reportStyles);
  const { overall, sections, narrative } = card;
  const standing = getPercentileText(connection, session, card);
  const whose = say.resultTitle(session, label);
  return {
    renderQuestions,
    percentile: standing ? html`<p part="standing">${standing}</p>` : undefined,
    actions:
      overall === undefined && !sections.length && !narrative
        ? html`<p>${say.emptyResult}</p>`
        : html`${copy(say.copySummary, whose, scorecardToText(session, label, card, standing))}
      <button
        part="print-button"
        aria-label=${withSubject(say.print, whose)}
        @click=${() => printScorecard(root.host, session, label, card, standing)}
      >${say.print}</button>`,
  };
}
