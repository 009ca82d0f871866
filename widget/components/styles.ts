/**
 * The widget's styles. They are constructed style sheets, which a strict `style-src` allows. The widget inherits only
 * the page's direction, language and colour scheme; a page sets other colours by `--evalon-*`.
 * - Distances are multiples of 4 px, and font sizes are relative to `--evalon-font-size`.
 * - `bdi` is an inline block, because external text may contain the character that ends an isolation.
 * - Transparent borders appear in forced colours, which remove backgrounds.
 */
import { css } from 'lit';

/** Colours, font, buttons, chips and paragraphs of every element. */
export const baseStyles = css`
  :host {
    all: initial;
    color-scheme: inherit;
    visibility: inherit;
    pointer-events: inherit;
    display: block;
    container-type: inline-size;
    --_accent: var(--evalon-accent, light-dark(#4353d9, #98a6ff));
    --_text: var(--evalon-text, light-dark(#1b1f2a, #eceef4));
    --_muted: var(--evalon-muted, light-dark(#5d6576, #a2a9b8));
    --_border: var(--evalon-border, color-mix(in srgb, currentColor 17%, transparent));
    --_good: var(--evalon-good, light-dark(#0b6b42, #5fd39a));
    --_bad: var(--evalon-bad, light-dark(#b3261e, #ff9d94));
    --_busy: var(--evalon-busy, light-dark(#7d5200, #f0c060));
    --_tint: color-mix(in srgb, currentColor 7%, transparent);
    color: var(--_text);
    font: var(--evalon-font-size, 13px) / 1.5 var(--evalon-font-family, system-ui, sans-serif);
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    font: inherit;
    color: inherit;
    list-style: none;
  }
  bdi {
    display: inline-block;
  }
  b,
  h2,
  h3,
  h4 {
    color: var(--_text);
    font-weight: 600;
  }
  p {
    color: var(--_muted);
  }
  p:dir(rtl) {
    text-align: right;
  }
  [part='candidate'] {
    unicode-bidi: isolate;
  }
  small {
    display: block;
    font-size: 0.92em;
  }
  p,
  button,
  a {
    unicode-bidi: plaintext;
  }
  button,
  a {
    min-height: 28px;
    padding: 3px 12px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: none;
    text-decoration: none;
    cursor: pointer;
  }
  button:hover,
  a:hover {
    border-color: currentColor;
  }
  .primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--evalon-accent-text, Canvas);
  }
  [aria-disabled='true'] {
    background: var(--_tint);
    color: var(--_muted);
    cursor: progress;
  }
  .rows {
    display: grid;
    gap: 8px;
  }
  .rows > button {
    justify-self: start;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 1px 8px;
    border: 1px solid var(--_tint);
    border-radius: 14px;
    background: var(--_tint);
    color: var(--_muted);
    font-size: 0.92em;
  }
  .chip::before {
    content: '';
    border: 3.5px solid;
    border-radius: 50%;
  }
  .invited {
    color: var(--_accent);
  }
  .opened,
  .started,
  .submitted,
  .scoring {
    color: var(--_busy);
  }
  .completed {
    color: var(--_good);
  }
  .failed {
    color: var(--_bad);
  }
  .skeleton {
    height: 88px;
  }
`;

/** A card: a border around rows that are separated by lines. */
export const cardStyles = css`
  .card {
    min-height: var(--evalon-min-height, 0);
    padding: 0 16px;
    border: 1px solid var(--_border);
    border-radius: var(--evalon-radius, 10px);
    background: var(--evalon-surface, Canvas);
    overflow: clip;
  }
  .card > * {
    padding: 12px 0;
  }
  .card > * + * {
    border-top: 1px solid var(--_border);
  }
  header,
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  header p,
  .head > p {
    flex: 1 0 100%;
  }
  .head > div {
    flex: 1 1 96px;
  }
  summary.head {
    flex-wrap: nowrap;
  }
  h2 {
    font-size: 1.15em;
  }
`;

/** A scorecard: the score, the sections and the summary. */
export const scorecardStyles = css`
  .scorecard {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 24px;
  }
  .overall {
    display: grid;
    grid: 'dial name' 1fr 'dial more' 1fr / 80px 1fr;
    flex: 1 0 112px;
    gap: 4px 12px;
  }
  .overall h4 {
    align-self: end;
  }
  .overall p {
    grid-area: more;
  }
  .findings {
    flex: 999 1 400px;
  }
  .dial,
  .figure {
    grid-area: dial;
  }
  .dial {
    width: 100%;
    aspect-ratio: 1;
    rotate: -90deg;
    fill: none;
    stroke: var(--_accent);
    stroke-width: 3.5;
  }
  .figure {
    place-self: center;
    text-align: center;
    line-height: 1.1;
  }
  .figure b {
    display: block;
    font-size: 1.6em;
  }
  .line {
    display: grid;
    grid-template: 'name score more' 'bar bar bar' / 1fr auto 8px;
    align-items: center;
    gap: 4px 8px;
    padding: 4px 0;
  }
  .line b {
    grid-area: score;
    text-align: end;
  }
  summary {
    cursor: pointer;
  }
  summary + .rows {
    margin-top: 8px;
  }
  summary::after {
    content: '▾' / '';
  }
  [open] > summary::after {
    rotate: 180deg;
  }
  .bar {
    grid-area: bar;
    width: 100%;
    height: 6px;
    fill: var(--_accent);
  }
  .bar:dir(rtl) {
    scale: -1 1;
  }
  .track {
    opacity: 0.15;
  }
  svg {
    forced-color-adjust: auto;
  }
  .narrative {
    max-width: 70ch;
    padding: 12px;
    border-radius: 6px;
    background: var(--_tint);
  }
  .narrative p {
    color: var(--_text);
    white-space: pre-line;
  }
  @container (min-width: 420px) {
    .line {
      grid-template: 'name bar score more' / 5fr 6fr minmax(4ch, auto) 8px;
    }
  }
  @container (min-width: 640px) {
    .overall {
      grid: 'dial' 112px 'name' 'more' 1fr / 112px;
    }
  }
`;
