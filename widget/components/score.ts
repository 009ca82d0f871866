/** Scores as a dial and bars. Each also shows its number as text. */
import { html, type TemplateResult } from 'lit';
import type { Scorecard, Section } from '../api/parse.ts';
import * as strings from '../strings/en/common.ts';

export function isEmptyScorecard({ overall, sections, narrative }: Scorecard): boolean {
  return overall === undefined && !sections.length && !narrative;
}

/** @param detail shown below the score */
export function renderScoreDial(overall: number, detail?: TemplateResult): TemplateResult {
  return html`<div class="overall" part="overall">
    <h4>${strings.overallHeading}</h4>
    <svg class="dial" part="dial" viewBox="-18 -18 36 36" aria-hidden="true">
      <circle class="track" r="16" />
      <circle r="16" pathLength="100" stroke-dasharray=${`${toPercent(overall, 100)} 100`} />
    </svg>
    <div class="figure" dir="ltr"><b>${strings.formatScore(overall)}</b> / 100</div>
    ${detail}
  </div>`;
}

/** Returns the name, bar and number of a section, for an element with the class `line`. */
export function renderScoreBar({ name, score, max_score }: Section): TemplateResult {
  return html`<span><bdi>${name}</bdi></span>
    <svg class="bar" part="bar" role="img" aria-label=${strings.scoreLabel(score, max_score)}>
      <rect class="track" width="100%" height="100%" rx="3" /><rect width=${`${toPercent(score, max_score)}%`} height="100%" rx="3" />
    </svg>
    <b aria-hidden="true">${strings.formatScore(score, max_score)}</b>`;
}

/** Clamps to 0..100. */
function toPercent(score: number | null, max: number): number {
  return Math.min(100, Math.max(0, ((score ?? 0) / max) * 100));
}
