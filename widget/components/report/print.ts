/**
 * Prints one result and nothing else of the page. A blank frame contains it, because the page's styles would affect the
 * print. The page's policy may forbid inline styles, but it allows constructed style sheets.
 */
import { html, nothing, render, type TemplateResult } from 'lit';
import * as strings from '../../strings/en/common.ts';
import * as reportStrings from '../../strings/en/report.ts';
import { pageDocument } from '../../util/page-document.ts';
import { renderScoreBar, renderScoreDial } from '../score.ts';
import { scorecardStyles } from '../scorecard-styles.ts';
import { baseStyles } from '../styles.ts';
import { getFacts } from './facts.ts';
import { printStyles } from './print-styles.ts';
import { renderQuestions } from './questions.ts';
import type { Report } from './to-text.ts';

/** For browsers that do not report the end of printing. */
const MAX_FRAME_LIFETIME_MS = 60_000;

/** Opens the print dialog. `host` provides the font and the direction of the text. */
export function printReport(host: Element, report: Report): void {
  const frame = pageDocument.createElement('iframe');
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0;visibility:hidden';
  frame.ariaHidden = 'true';
  // Firefox replaces the document of a frame until the frame has loaded.
  frame.addEventListener('load', () => printFrame(frame, host, report), { once: true });
  pageDocument.body.append(frame);
  setTimeout(() => frame.remove(), MAX_FRAME_LIFETIME_MS);
}

function printFrame(frame: HTMLIFrameElement, host: Element, report: Report): void {
  const window = frame.contentWindow as Window & typeof globalThis;
  const { documentElement, body } = window.document;
  const { fontFamily, direction } = getComputedStyle(host);
  window.document.title = reportStrings.resultTitle(report.session, report.assessment);
  documentElement.lang = 'en';
  documentElement.dir = direction;
  const container = body.appendChild(window.document.createElement('div'));
  container.style.setProperty('--evalon-font-family', fontFamily);
  const root = container.attachShadow({ mode: 'open' });
  const styles = new window.CSSStyleSheet();
  styles.replaceSync([baseStyles, scorecardStyles, printStyles].join(''));
  root.adoptedStyleSheets = [styles];
  render(renderSheet(report), root);
  window.addEventListener('afterprint', () => frame.remove());
  window.print();
}

function renderSheet(report: Report): TemplateResult {
  const { session, scorecard, percentile } = report;
  const { overall, overall_max, sections, narrative } = scorecard;
  return html`<main>
    <h2><bdi>${session.candidate_name}</bdi></h2>
    <dl>${reportStrings.printedFields(report).map(([name, value]) => html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>
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
      ${narrative ? html`<div class="narrative"><h4>${strings.summaryHeading}</h4><p>${narrative.trim()}</p></div>` : nothing}
    </div>
  </main>`;
}
