/**
 * The widget's styles. They are constructed style sheets, which a strict `style-src` allows. The widget inherits only
 * the page's direction, language, color scheme, visibility and pointer events. A page sets colors with `--evalon-*`.
 * - Distances and sizes follow the scales in docs/design.md.
 * - Text is 13 px, small text 1 px less, a title 2 px more. Every line is 20 px high, at any of these sizes.
 * - `bdi` is an inline block, because external text may contain the character that ends an isolation.
 * - `bdi.inline` is for text without that character. The text wraps with its sentence, and a full stop after the text
 *   stays on the same line.
 * - Transparent borders appear in forced colors, which remove backgrounds.
 * - A skeleton has two bars for a label and its detail, and a button. The skeleton of a result has only bars.
 * - The arrow of a `summary` is two sides of a rotated square.
 * - Comments inside a template are sent to the page, so the comments on these styles are here.
 */
import { css } from 'lit';
import { chipStyles } from './chip-styles.ts';
import { controlStyles } from './control-styles.ts';

/** Colors, font, paragraphs, controls, chips and the skeleton of every element. */
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
    --_on-accent: var(--evalon-accent-text, Canvas);
    --_hover: var(--evalon-hover, var(--_tint));
    color: var(--_text);
    font: var(--evalon-font-size, 13px) / calc(1em + 7px) var(--evalon-font-family, system-ui, sans-serif);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  @media (forced-colors: active) {
    :host {
      --_on-accent: ButtonText;
    }
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
  bdi:not(.inline) {
    display: inline-block;
  }
  bdi,
  h3,
  p {
    text-align: -webkit-match-parent;
    text-align: match-parent;
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
  h3,
  p,
  button,
  a {
    unicode-bidi: plaintext;
  }
  summary p,
  [part='candidate'] {
    unicode-bidi: isolate;
  }
  small {
    display: block;
    font-size: calc(1em - 1px);
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
  .skeleton {
    display: flex;
    justify-content: space-between;
    align-items: center;
    box-sizing: content-box;
    height: 40px;
    overflow: hidden;
    -webkit-text-fill-color: transparent;
    --_tint: color-mix(in srgb, var(--_muted) 16%, transparent);
  }
  .skeleton::before,
  .skeleton::after {
    content: '';
    order: -1;
    width: 40%;
    height: 100%;
    background: linear-gradient(transparent 4px, var(--_tint) 0 16px, transparent 0 24px, var(--_tint) 0 36px, transparent 0);
  }
  .skeleton::after {
    order: 1;
    width: 64px;
    height: 28px;
    border-radius: 6px;
    background: var(--_tint);
  }
  .sections.skeleton {
    height: 112px;
  }
  .sections::before {
    width: 100%;
    background: repeating-linear-gradient(var(--_tint) 0 12px, transparent 0 28px);
  }
  .sections::after {
    width: 0;
  }
  ${controlStyles}
  ${chipStyles}
`;

/** A card: a border around rows that are separated by lines. */
export const cardStyles = css`
  .card {
    max-width: 736px;
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
  .head > p,
  .head > p + button {
    margin-top: 4px;
  }
  .head > div {
    flex: 1 10em;
  }
  summary {
    cursor: pointer;
  }
  summary + .rows {
    margin-top: 12px;
  }
  summary::after {
    content: '';
    flex: none;
    width: 6px;
    height: 6px;
    margin: 0 3px;
    border: solid var(--_muted);
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
    translate: 0 -2px;
  }
  .head::after {
    margin-inline-start: auto;
  }
  [open] > summary::after {
    rotate: -135deg;
    translate: 0 2px;
  }
  h2 {
    font-size: calc(1em + 2px);
  }
`;
