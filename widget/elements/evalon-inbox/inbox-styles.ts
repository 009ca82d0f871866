/**
 * The rows of both lists align, because they share the columns of one grid: name, assessment, status, time, reminder.
 * On narrow widths, each row has two or three lines.
 */
import { css } from 'lit';

export const inboxStyles = css`
  .card {
    max-width: none;
  }
  [part='headline'] {
    outline: none;
  }
  header [part='headline'] {
    color: var(--_text);
  }
  label {
    display: block;
    max-width: 400px;
    color: var(--_muted);
  }
  input {
    display: block;
    width: 100%;
    min-height: 28px;
    padding: 3px 8px;
    border: 1px solid var(--_muted);
    border-radius: 6px;
    background: none;
    color: var(--_text);
  }
  .lists,
  .lists > div,
  ul,
  li,
  [part='row'] {
    display: grid;
    grid-column: 1 / -1;
    column-gap: 12px;
  }
  .lists > div,
  ul,
  li,
  [part='row'] {
    grid-template-columns: subgrid;
  }
  .lists {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .lists > div + div {
    margin-top: 16px;
  }
  .lists h3,
  li > p,
  .details {
    grid-column: 1 / -1;
  }
  ul {
    margin-top: 4px;
  }
  li {
    align-items: baseline;
  }
  [part='row'] {
    position: relative;
    align-items: baseline;
    row-gap: 2px;
    padding: 6px 0;
    border-color: transparent;
    border-width: 1px 0;
    border-radius: 0;
    text-align: start;
  }
  [part='row']:hover {
    border-color: transparent;
    background: none;
  }
  /* The background and the outline extend 10 px beyond the text on both sides. */
  [part='row']::before {
    content: '';
    position: absolute;
    inset: 0 -10px;
    border-radius: 6px;
  }
  [part='row']:hover::before {
    background: var(--_hover);
  }
  [part='row']:focus-visible {
    outline: none;
  }
  [part='row']:focus-visible::before {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .who,
  .status {
    grid-column: 1 / -1;
    min-width: 0;
  }
  .status {
    justify-self: start;
    grid-row: 3;
  }
  .who b {
    color: var(--_accent);
  }
  .who {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .who bdi,
  .what bdi {
    display: inline;
  }
  .badge {
    flex: none;
    padding: 0 6px;
    border: 1px solid currentColor;
    border-radius: 6px;
    color: var(--_accent);
    font-size: calc(1em - 2px);
    font-weight: 600;
    line-height: 16px;
    translate: 0 -1px;
  }
  .what,
  .when {
    color: var(--_muted);
  }
  .when {
    text-align: end;
    white-space: nowrap;
  }
  [part='remind-button'],
  .lists [part='more-button'] {
    justify-self: start;
  }
  [part='remind-button'] {
    margin-bottom: 8px;
  }
  [part='more-button'] {
    grid-column: 1 / -1;
    margin-top: 8px;
  }
  .details {
    padding-bottom: 8px;
  }
  @container (min-width: 400px) {
    .lists {
      grid-template-columns: minmax(0, 1fr) auto auto;
    }
    /* A long name has two lines: the first is beside the status, the second beside the time. */
    [part='row'] {
      grid-template-rows: auto 1fr auto;
      row-gap: 0;
    }
    .who {
      grid-area: 1 / 1 / 3;
    }
    .what {
      grid-area: 3 / 1;
      margin-top: 2px;
    }
    .status {
      grid-area: 1 / 2 / 2 / -1;
    }
    .when {
      grid-area: 2 / 2 / 4 / -1;
      margin-top: 2px;
      text-align: start;
    }
    .remindable [part='row'] {
      grid-column: 1 / 3;
    }
    [part='remind-button'] {
      grid-column: -2;
      margin: 0;
    }
  }
  @container (min-width: 640px) {
    .lists {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr) auto minmax(max-content, 104px) auto;
      column-gap: 20px;
    }
    .what {
      grid-area: 1 / 2;
      margin-top: 0;
    }
    .status {
      grid-area: 1 / 3;
    }
    .when {
      grid-area: 1 / 4;
      margin-top: 0;
    }
    .remindable [part='row'] {
      grid-column: 1 / 5;
    }
  }
`;
