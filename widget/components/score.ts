/** Scores as figures to look at, each with its number as text: the overall as a dial, a section as a bar. */
import { html, type TemplateResult } from 'lit';
import type { Section } from '../api/parse.ts';
import * as say from '../strings/en/common.ts';

/** `more` is what else is known of it. */
export function renderScoreDial(overall: number, more?: TemplateResult): TemplateResult {
  return html`<div class="overall" part="overall">
    <h4>${say.overallHeading}</h4>
    <svg class="dial" part="dial" viewBox="-18 -18 36 36" aria-hidden="true">
      <circle class="track" r="16" />
      <circle r="16" pathLength="100" stroke-dasharray=${`${share(overall, 100)} 100`} />
    </svg>
    <div class="figure" dir="ltr"><b>${say.formatScore(overall)}</b> / 100</div>
    ${more}
  </div>`;
}

/** Name, bar and number of a section, for a line. */
export function renderScoreBar({ name, score, max_score }: Section): TemplateResult {
  return html`<span><bdi>${name}</bdi></span>
    <svg class="bar" part="bar" role="img" aria-label=${say.scoreAccessibleName(score, max_score)}>
      <rect class="track" width="100%" height="100%" rx="3" /><rect width=${`${share(score, max_score)}%`} height="100%" rx="3" />
    </svg>
    <b aria-hidden="true">${say.formatScore(score, max_score)}</b>`;
}

/** From 0 to 100, whatever came. */
function share(score: number | null, most: number): number {
  return Math.min(100, Math.max(0, ((score ?? 0) / most) * 100));
}
