/**
 * Prints one result and nothing else of the page. It is put into a blank frame of its own, because the page around it is
 * not ours: its styles would reach the paper, and its policy forbids inline ones. Constructed sheets pass every policy.
 */
import { html, nothing, render, type TemplateResult } from 'lit';
import type { Scorecard, Session } from '../../api/parse.ts';
import * as say from '../../strings/en/common.ts';
import { resultTitle } from '../../strings/en/report.ts';
import { renderCandidateHeading } from '../headings.ts';
import { renderScoreBar, renderScoreDial } from '../score.ts';
import { baseStyles, scorecardStyles } from '../styles.ts';
import { renderQuestions } from './questions.ts';
import { printStyles, reportStyles } from './report-styles.ts';

/** Milliseconds after which a frame goes whose browser has not told the end of printing. */
const LONGEST = 60_000;

/** Opens the browser's print dialog. `near` lends its font and direction. */
export function printScorecard(
  near: Element,
  session: Session,
  label: string,
  card: Scorecard,
  standing: string | undefined,
): void {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0;visibility:hidden';
  frame.ariaHidden = 'true';
  // Until then Firefox has another document in it.
  frame.addEventListener(
    'load',
    () => {
      const page = frame.contentWindow as Window & typeof globalThis;
      const { documentElement, body } = page.document;
      const { fontFamily, direction } = getComputedStyle(near);
      page.document.title = resultTitle(session, label);
      documentElement.lang = 'en';
      documentElement.dir = direction;
      const host = body.appendChild(page.document.createElement('div'));
      host.style.setProperty('--evalon-font-family', fontFamily);
      const root = host.attachShadow({ mode: 'open' });
      const styles = new page.CSSStyleSheet();
      styles.replaceSync([baseStyles, scorecardStyles, reportStyles, printStyles].join(''));
      root.adoptedStyleSheets = [styles];
      render(sheet(session, label, card, standing), root);
      page.addEventListener('afterprint', () => frame.remove());
      page.print();
    },
    { once: true },
  );
  document.body.append(frame);
  setTimeout(() => frame.remove(), LONGEST);
}

function sheet(
  session: Session,
  label: string,
  { overall, sections, narrative }: Scorecard,
  standing: string | undefined,
): TemplateResult {
  return html`<main>
    <h2><bdi>${session.candidate_name}</bdi></h2>
    ${renderCandidateHeading(label, session.candidate_email)}
    <p>${say.sessionDate(session)}</p>
    <div class="scorecard">
      ${overall === undefined ? nothing : renderScoreDial(overall, standing ? html`<p>${standing}</p>` : undefined)}
      <ul>
        ${sections.map(
          (section) =>
            html`<li><div class="line">${renderScoreBar(section)}</div>${section.questions.length ? renderQuestions(section.questions) : nothing}</li>`,
        )}
      </ul>
      ${narrative ? html`<div class="narrative"><h4>${say.summaryHeading}</h4><p>${narrative.trim()}</p></div>` : nothing}
    </div>
  </main>`;
}
