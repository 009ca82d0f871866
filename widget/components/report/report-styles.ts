/** How the questions and the text to copy by hand look, and what is other on paper. */
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
  label,
  textarea {
    unicode-bidi: plaintext;
  }
  textarea {
    width: 100%;
    padding: 8px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: none;
    font-size: 0.92em;
  }
  @media print {
    button,
    a {
      display: none;
    }
  }
`;

/** Black on white, the dial beside its words, every question whole. */
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
