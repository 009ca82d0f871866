/** The styles of a result: the score with its facts, the sections and the summary. They load with the first result. */
import { css } from 'lit';

export const scorecardStyles = css`
  .scorecard {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 24px;
    max-width: 704px;
  }
  .overall {
    display: grid;
    grid: 'dial name' auto 'dial facts' 1fr / 80px 1fr;
    align-items: center;
    flex: 1 0 176px;
    gap: 0 16px;
  }
  .overall h4 {
    grid-area: name;
    align-self: end;
  }
  .facts {
    grid-area: facts;
    align-self: start;
    font-size: calc(1em - 1px);
  }
  /* Without a score, there are only facts. */
  .overall:not(:has(.figure)) {
    display: block;
  }
  .findings {
    /* In a line with .overall, 999 gives this element the free width. */
    flex: 999 1 400px;
    align-content: start;
    gap: 16px;
  }
  .dial,
  .figure {
    grid-area: dial;
    align-self: start;
    width: 100%;
    aspect-ratio: 1;
  }
  .dial {
    rotate: -90deg;
    fill: none;
    stroke: var(--_accent);
    stroke-width: 2.5;
  }
  .figure {
    display: grid;
    place-content: center;
    text-align: center;
    font-size: calc(1em - 1px);
    line-height: calc(1em + 4px);
  }
  .figure b {
    display: block;
    font-size: calc(1em + 6px);
  }
  /* An arrow needs its column only if a section has questions. */
  ul:has(summary) {
    --_arrow: 20px;
  }
  .line {
    display: grid;
    grid-template: 'name score more' 'bar bar bar' / 1fr auto var(--_arrow, 0);
    align-items: center;
    row-gap: 4px;
    padding: 4px 0;
    border-radius: 2px;
  }
  .value {
    display: contents;
  }
  .line b {
    grid-area: score;
    padding-inline-start: 8px;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  summary.line::after {
    grid-area: more;
    justify-self: end;
  }
  summary.line:hover {
    background: var(--_hover);
    box-shadow: 0 0 0 4px var(--_hover);
  }
  .bar {
    grid-area: bar;
    width: 100%;
    height: 6px;
    fill: var(--_accent);
  }
  .line:dir(rtl) .bar {
    scale: -1 1;
  }
  .track {
    opacity: 0.15;
  }
  /* By default, forced colors do not change an SVG. */
  svg {
    forced-color-adjust: auto;
  }
  .narrative {
    max-width: 70ch;
    padding: 0 12px;
    border-inline-start: 2px solid var(--_border);
    background: var(--evalon-narrative, none);
  }
  .narrative p {
    color: var(--_text);
    text-align: start;
    white-space: pre-line;
  }
  ol {
    margin: 4px 0 8px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_border);
  }
  ol li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    padding-block: 4px;
    padding-inline-end: 20px;
  }
  ol span {
    flex: 1 0 10em;
  }
  ol p {
    flex: 0 0 100%;
    white-space: pre-line;
  }
  ol b {
    font-variant-numeric: tabular-nums;
  }
  /* Names, bars and numbers form columns. */
  @container (min-width: 420px) {
    .line {
      grid-template: 'name bar score more' / 40% 1fr minmax(calc(7ch + 8px), auto) var(--_arrow, 0);
    }
    .line > span:first-child {
      padding-inline-end: 8px;
    }
  }
  @container (min-width: 640px) {
    .overall {
      grid: 'dial' 112px 'name' 28px 'facts' 1fr / 176px;
    }
    .dial,
    .figure {
      width: 112px;
    }
    .figure b {
      font-size: calc(1em + 16px);
      line-height: calc(1em + 8px);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .scorecard,
    .narrative {
      animation: appear 0.2s;
    }
    .dial circle,
    .bar rect {
      transition: 0.2s;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  }
`;
