/**
 * How the widget looks. Constructable sheets only: a strict `style-src` blocks anything else. Nothing of the page's
 * own CSS is inherited but direction, language and colour scheme; whoever wants other colours sets `--evalon-*`.
 * A `bdi` is a block of its own, for the text of others may hold the very character that ends an isolation.
 * Borders that are transparent come out in forced colours, where backgrounds vanish.
 */
import { css } from './reactive-element.ts';

/** Colours, type, buttons, chips, sentences: what every element needs. */
export const base = css`
  :host {
    all: initial;
    color-scheme: inherit;
    visibility: inherit;
    pointer-events: inherit;
    display: block;
    container-type: inline-size;
    --_accent: var(--evalon-accent, light-dark(#4353d9, #98a6ff));
    --_surface: var(--evalon-surface, light-dark(#fff, #191c24));
    --_text: var(--evalon-text, light-dark(#1b1f2a, #eceef4));
    --_muted: var(--evalon-muted, light-dark(#5d6576, #a2a9b8));
    --_border: var(--evalon-border, light-dark(#e2e5ec, #333947));
    --_good: var(--evalon-good, light-dark(#0b7a4b, #5fd39a));
    --_bad: var(--evalon-bad, light-dark(#b3261e, #ff9d94));
    --_busy: var(--evalon-busy, light-dark(#8a5a00, #f0c060));
    --_tint: color-mix(in srgb, var(--_text) 7%, transparent);
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
  h3 {
    color: var(--_text);
    font-weight: 600;
  }
  p {
    margin-top: 8px;
    color: var(--_muted);
  }
  :not(.head) > p + button {
    margin-top: 6px;
  }
  .problem,
  .hint {
    color: var(--_bad);
  }
  button,
  a,
  textarea {
    min-height: 28px;
    padding: 4px 10px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: none;
    color: var(--_text);
    text-decoration: none;
    cursor: pointer;
  }
  button:hover,
  a:hover {
    border-color: currentColor;
  }
  .primary {
    min-height: 32px;
    border-color: transparent;
    background: var(--_accent);
    color: light-dark(#fff, #14171f);
    font-weight: 500;
  }
  [aria-disabled='true'] {
    opacity: 0.7;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .actions {
    margin-top: 6px;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  textarea {
    width: 100%;
  }
  small {
    display: block;
    font-size: 11px;
  }
  .chip {
    --_tone: var(--_muted);
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: 14px;
    background: color-mix(in srgb, var(--_tone) 11%, transparent);
    color: var(--_tone);
    font-size: 12px;
    font-weight: 500;
  }
  .chip b {
    color: inherit;
  }
  .calm {
    --_tone: var(--_accent);
  }
  .busy {
    --_tone: var(--_busy);
  }
  .good {
    --_tone: var(--_good);
  }
  .bad {
    --_tone: var(--_bad);
  }
  .dot {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .skeleton {
    height: 92px;
    background: var(--_tint) content-box;
  }
`;

/** The panel: a card of rows. */
export const card = css`
  .card {
    min-height: var(--evalon-min-height, 0);
    padding: 0 16px;
    border: 1px solid var(--_border);
    border-radius: var(--evalon-radius, 10px);
    background: var(--_surface);
    overflow: clip;
  }
  header,
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  .card > * {
    margin: 0;
    padding: 14px 0;
  }
  .card > * + * {
    border-top: 1px solid var(--_border);
  }
  h2 {
    font-size: 15px;
  }
  header p {
    flex: 1 0 100%;
    margin: 0;
  }
  .badge {
    padding: 0 6px;
    border: 1px solid;
    border-radius: 6px;
    color: var(--_busy);
    font-size: 11px;
  }
  .head > p:first-child {
    display: grid;
    flex: 1;
    margin: 0;
  }
  .head .problem {
    flex: 1 0 100%;
  }
`;

/** A result. */
export const scorecard = css`
  .scorecard {
    display: grid;
    gap: 4px 24px;
  }
  .overall {
    display: flex;
    align-items: baseline;
    align-self: start;
    gap: 4px;
  }
  .overall span {
    flex: 1;
  }
  .overall b {
    font-size: 32px;
    line-height: 1;
  }
  .line {
    display: grid;
    grid-template: 'name score' 'bar bar' / 1fr auto;
    align-items: center;
    gap: 4px 10px;
    padding: 4px 0;
  }
  .line b {
    text-align: end;
  }
  summary {
    cursor: pointer;
  }
  summary span::after {
    content: ' ▾';
    color: var(--_muted);
  }
  [open] > summary span::after {
    content: ' ▴';
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
    fill: var(--_tint);
  }
  ol {
    margin-bottom: 8px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_border);
  }
  ol li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 12px;
    padding: 4px 0;
  }
  .narrative {
    padding: 10px 12px;
    border-radius: 6px;
    background: var(--_tint);
  }
  ol p,
  .narrative p {
    max-width: 75ch;
    margin: 0;
    white-space: pre-line;
  }
  .narrative p {
    color: var(--_text);
  }
  @container (min-width: 420px) {
    .line {
      grid-template: 'name bar score' / minmax(110px, 2fr) 3fr 4ch;
    }
  }
  @container (min-width: 640px) {
    .scorecard {
      grid-template-columns: 160px 1fr;
    }
    .overall {
      grid-row: span 3;
    }
  }
`;
