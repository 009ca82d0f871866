/** Scores as a dial and bars. Each also shows its number as text. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Scorecard, Section } from '../api/parse.ts';
import * as strings from '../strings/en/common.ts';
import * as reportStrings from '../strings/en/report.ts';

export function isEmptyScorecard({ overall, sections, narrative }: Scorecard): boolean {
  return overall === undefined && !sections.length && !narrative;
}

/** The heading, the dial and the number, for an element with the class `overall`. Without a maximum, omits the dial. */
export function renderScoreDial(overall: number, max: number | null): TemplateResult {
  return html`<h4>${reportStrings.overallHeading}</h4>
    ${max === null ? nothing : renderDial(overall, max)}
    <div class="figure" dir="ltr"><b>${strings.formatNumber(overall)}</b>${max === null ? nothing : ` / ${strings.formatNumber(max)}`}</div>`;
}

/**
 * The radius is 18 minus half of the stroke's width, so that the stroke fits into the view box. At the maximum, no dash
 * interrupts the ring.
 */
function renderDial(overall: number, max: number): TemplateResult {
  return html`<svg class="dial" part="dial" viewBox="-18 -18 36 36" aria-hidden="true">
    <circle class="track" r="16.75" />
    <circle r="16.75" pathLength="100" stroke-dasharray=${overall < max ? `${toPercent(overall, max)} 100` : nothing} />
  </svg>`;
}

/**
 * Returns the name, bar and number of a section, for an element with the class `line`. Omits the bar if the score or
 * the maximum is unknown. Screen readers read the bar's label instead of the number.
 */
export function renderScoreBar({ name, score, max_score }: Section): TemplateResult {
  const text = strings.formatScore(score, max_score);
  return html`<span><bdi>${name}</bdi></span>
    <span class="value">${
      score === null
        ? html`<b role="img" aria-label=${reportStrings.noScore}>${text}</b>`
        : max_score === null
          ? html`<b>${text}</b>`
          : html`${renderBar(score, max_score)}<b aria-hidden="true">${text}</b>`
    }</span>`;
}

function renderBar(score: number, max: number): TemplateResult {
  return html`<svg class="bar" part="bar" role="img" aria-label=${reportStrings.scoreLabel(score, max)}>
    <rect class="track" width="100%" height="100%" rx="3" /><rect width=${`${toPercent(score, max)}%`} height="100%" rx="3" />
  </svg>`;
}

/** Limits the result to 0 to 100. */
function toPercent(score: number, max: number): number {
  return Math.min(100, Math.max(0, (score / max) * 100));
}
