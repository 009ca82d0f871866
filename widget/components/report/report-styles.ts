/** Styles of the questions, and of a printed result. */
import { css } from 'lit';

export const reportStyles = css`
  ol {
    margin: 4px 0 8px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_border);
  }
  ol li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 12px;
    padding: 4px 0;
  }
  ol p {
    max-width: 70ch;
    grid-column: 1;
    white-space: pre-line;
  }
  @media print {
    button,
    a {
      display: none;
    }
  }
`;

/** Black on white, with the dial beside its text and every question on one page. */
export const printStyles = css`
  :host {
    --_accent: #000;
    --_text: #000;
    --_muted: #333;
    --_border: #999;
  }
  h2 {
    font-size: 1.5em;
  }
  .scorecard {
    display: grid;
    gap: 16px;
    margin-top: 8px;
  }
  .overall {
    grid: 'dial name' 1fr 'dial more' 1fr / 80px 1fr;
  }
  .narrative {
    max-width: none;
    padding: 0;
    background: none;
  }
  li,
  .overall {
    break-inside: avoid;
  }
`;
