/** Styles of a printed result: black on white, numbers in one column, no question split between pages. */
import { css } from 'lit';

export const printStyles = css`
  :host {
    --_accent: #000;
    --_text: #000;
    --_muted: #333;
    --_border: #999;
  }
  h2 {
    margin-bottom: 8px;
    font-size: calc(1em + 11px);
    line-height: calc(1em + 8px);
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 24px;
    margin-bottom: 16px;
    padding-block: 8px;
    border-block: 1px solid var(--_border);
  }
  dt {
    color: var(--_muted);
  }
  .scorecard {
    display: grid;
    gap: 16px;
  }
  .overall {
    grid: 'dial name' 40px 'dial facts' 1fr / 112px 1fr;
  }
  .scorecard ul .line,
  ol li {
    display: grid;
    grid-template: 'name bar score' / 5fr 6fr 8ch;
    padding-inline: 0;
  }
  .scorecard ul .value {
    display: contents;
  }
  ol {
    padding: 0;
    border: 0;
  }
  ol li > * {
    grid-column: 1 / 3;
  }
  ol li > b {
    grid-column: 3;
    text-align: end;
  }
  ul > li {
    padding-bottom: 8px;
  }
  ul > li + li {
    padding-top: 8px;
    border-top: 1px solid var(--_border);
  }
  .narrative {
    max-width: none;
    padding: 0;
    border: 0;
    background: none;
  }
  li,
  h4,
  .overall {
    break-inside: avoid;
  }
  h4 {
    break-after: avoid;
  }
`;
