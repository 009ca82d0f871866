/**
 * How the widget looks. Constructable sheets only: a strict `style-src` blocks anything else. Nothing of the page's
 * own CSS is inherited but direction, language and colour scheme; whoever wants other colours sets `--evalon-*`.
 */
import { css } from 'lit';

/** Colours, type, buttons, chips, sentences: what every element needs. */
export const base = css`
  :host {
    all: initial;
    color-scheme: inherit;
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
    --_radius: var(--evalon-radius, 10px);
    --_tint: color-mix(in srgb, var(--_text) 7%, transparent);
    color: var(--_text);
    font: var(--evalon-font-size, 13px) / 1.5 var(--evalon-font-family, system-ui, sans-serif);
    font-variant-numeric: tabular-nums;
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
  b,
  h2,
  bdi,
  .badge {
    font-weight: 600;
  }
  button,
  a,
  textarea {
    min-height: 28px;
    padding: 3px 10px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: none;
    color: var(--_text);
    text-decoration: none;
    cursor: pointer;
  }
  button:hover,
  a:hover {
    background: var(--_tint);
  }
  .primary {
    min-height: 32px;
    border-color: transparent;
    background: var(--_accent);
    color: light-dark(#fff, #14171f);
    font-weight: 500;
  }
  .primary:hover {
    background: color-mix(in srgb, var(--_accent) 85%, var(--_text));
  }
  [aria-disabled='true'] {
    opacity: 0.7;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .chip {
    --_tone: var(--_muted);
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: color-mix(in srgb, var(--_tone) 11%, transparent);
    color: var(--_tone);
    font-size: 12px;
    font-weight: 500;
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
  .spinner {
    display: inline-block;
    width: 11px;
    height: 11px;
    border: 2px solid;
    border-inline-end-color: transparent;
    border-radius: 50%;
  }
  .primary .spinner {
    margin-inline-end: 6px;
  }
  .note,
  .share,
  .stale {
    margin-top: 8px;
    color: var(--_muted);
  }
  .problem,
  .hint {
    margin-top: 8px;
    color: var(--_bad);
  }
  .problem button,
  .actions,
  textarea {
    margin-top: 6px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  textarea {
    width: 100%;
  }
  .skeleton {
    height: 32px;
    border-radius: 6px;
    background: var(--_tint);
  }
  @media (prefers-reduced-motion: no-preference) {
    .spinner {
      animation: turn 0.9s linear infinite;
    }
    .skeleton {
      animation: breathe 1.5s infinite alternate;
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;

/** The panel: a card of rows. */
export const card = css`
  .card {
    min-height: var(--evalon-min-height, 0);
    padding: 0 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  header,
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  header {
    padding: 12px 0;
  }
  h2 {
    font-size: 15px;
  }
  header p {
    flex: 1 0 100%;
    color: var(--_muted);
  }
  bdi {
    margin-inline-end: 4px;
    color: var(--_text);
  }
  .badge {
    padding: 0 6px;
    border: 1px solid;
    border-radius: 4px;
    color: var(--_busy);
    font-size: 11px;
  }
  .card > :not(header) {
    margin: 0;
    padding: 14px 0;
    border-top: 1px solid var(--_border);
  }
  .card > .skeleton {
    height: 64px;
  }
  .head p:first-child {
    display: grid;
    flex: 1;
    color: var(--_muted);
  }
  .head b {
    color: var(--_text);
    font-size: 14px;
  }
  .head .problem {
    flex: 1 0 100%;
    margin: 0;
  }
  div > .primary {
    flex: none;
    margin-top: 8px;
  }
  .head .primary {
    margin: 0;
  }
`;

/** A result. */
export const scorecard = css`
  .scorecard {
    display: grid;
    gap: 12px 24px;
    margin-top: 12px;
  }
  .overall {
    display: flex;
    align-items: baseline;
    gap: 4px;
    color: var(--_muted);
  }
  .overall span {
    flex: 1;
  }
  .overall b {
    color: var(--_text);
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
  summary {
    cursor: pointer;
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
  .line b {
    text-align: end;
  }
  summary span::after {
    content: ' ▾';
    color: var(--_muted);
  }
  [open] > summary span::after {
    content: ' ▴';
  }
  ol {
    margin: 4px 0 8px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_border);
  }
  ol li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 12px;
    padding: 5px 0;
  }
  ol p,
  h3 {
    color: var(--_muted);
  }
  .narrative {
    padding: 10px 12px;
    border-radius: 8px;
    background: var(--_tint);
  }
  ol p,
  .narrative p {
    max-width: 75ch;
    white-space: pre-line;
  }
  @container (min-width: 420px) {
    .line {
      grid-template: 'name bar score' / minmax(110px, 2fr) 3fr 4ch;
    }
  }
  @container (min-width: 640px) {
    .scorecard {
      grid-template-columns: 120px 1fr;
    }
    .scorecard > :not(.overall, ul) {
      grid-column: 2;
    }
    .overall {
      flex-wrap: wrap;
      align-content: start;
    }
    .overall span {
      flex: 1 0 100%;
    }
  }
`;
