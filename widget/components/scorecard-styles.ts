/** The styles of a scorecard. They need `baseStyles`. */
import { css } from 'lit';

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
