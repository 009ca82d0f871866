/** Prints one result. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDate } from '../../strings/en/common.ts';
import * as reportStrings from '../../strings/en/report.ts';
import { printPage } from '../../util/print-frame.ts';
import { renderScoreBar, renderScoreDial } from '../score.ts';
import { scorecardStyles } from '../scorecard-styles.ts';
import { baseStyles } from '../styles.ts';
import { getFacts } from './facts.ts';
import { printStyles } from './print-styles.ts';
import { renderQuestions } from './questions.ts';
import type { Report } from './to-text.ts';

/** Opens the print dialog. `host` provides the font and the direction of the text. */
export function printReport(host: Element, report: Report): void {
  printPage(host, {
    title: reportStrings.resultTitle(report.session, report.assessment),
    content: renderReport(report),
    styles: [baseStyles, scorecardStyles, printStyles].join(''),
  });
}

function renderReport(report: Report): TemplateResult {
  const { session, scorecard, percentile } = report;
  const { overall, overall_max, sections, narrative } = scorecard;
  return html`<main>
    <h2><bdi>${session.candidate_name}</bdi></h2>
    <dl>${listFields(report).map(([name, value]) => html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>
    <div class="scorecard">
      <div class="overall">
        ${overall === undefined ? nothing : renderScoreDial(overall, overall_max)}
        <div class="facts">
          ${getFacts(session, scorecard).map((fact) => html`<p>${fact}</p>`)}${percentile ? html`<p>${percentile}</p>` : nothing}
        </div>
      </div>
      <ul>
        ${sections.map(
          (section) =>
            html`<li><div class="line">${renderScoreBar(section)}</div>${section.questions.length ? renderQuestions(section.questions) : nothing}</li>`,
        )}
      </ul>
      ${narrative ? html`<div class="narrative"><h4>${reportStrings.summaryHeading}</h4><p>${narrative.trim()}</p></div>` : nothing}
    </div>
  </main>`;
}

function listFields({ session, assessment }: Report): [name: string, value: string][] {
  const { email, assessment: assessmentField, project, invited, printed } = reportStrings.printedFields;
  return [
    [email, session.candidate_email],
    [assessmentField, assessment],
    [project, session.project_id],
    [invited, formatDate(session.invited_at)],
    [printed, formatDate(new Date().toISOString())],
  ];
}
