import { css } from 'lit';

export const cohortStyles = css`
  .card {
    max-width: none;
  }
  /* The texts of the heading are in bdi elements, so the heading itself has the direction of the UI. */
  [part='batch'] h3 {
    unicode-bidi: isolate;
  }
  textarea,
  input {
    width: 100%;
    padding: 6px 8px;
    border: 1px solid var(--_muted);
    border-radius: 6px;
    background: var(--evalon-surface, Canvas);
    color: var(--_text);
  }
  [aria-invalid='true'] {
    border-color: var(--_bad);
  }
  textarea {
    min-height: 96px;
    resize: vertical;
  }
  ::placeholder {
    unicode-bidi: plaintext;
    color: var(--_muted);
    opacity: 1;
  }
  button:disabled,
  button:disabled:hover {
    border-color: var(--_border);
    background: none;
    opacity: 0.45;
    cursor: default;
  }
  .danger {
    color: var(--_bad);
  }
  .primary.danger,
  .primary.danger:hover {
    background: var(--_bad);
    color: Canvas;
  }
  .primary.danger:hover {
    background: color-mix(in srgb, var(--_bad) 88%, CanvasText);
  }
  @media (forced-colors: active) {
    .primary.danger,
    .primary.danger:hover {
      color: ButtonText;
    }
  }
  label > span {
    display: block;
    margin-bottom: 4px;
    font-weight: 600;
  }
  label.file {
    position: relative;
    display: inline-block;
    min-height: 28px;
    padding: 3px 11px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    cursor: pointer;
  }
  label.file:hover {
    border-color: currentColor;
    background: var(--_hover);
  }
  label.file > span {
    margin: 0;
    font-weight: inherit;
  }
  /* Invisible, but focusable. A click on the label opens the file dialog. */
  label.file input {
    position: absolute;
    inset: 0;
    clip-path: inset(50%);
  }
  label.file:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .file-over {
    outline: 2px dashed var(--_accent);
    outline-offset: -4px;
  }
  .actions + .filters {
    margin-top: 8px;
  }
  .filters button {
    border-radius: 14px;
  }
  .filters [aria-pressed='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
    font-weight: 600;
  }
  /* The columns are 1: name, 2: email, 3: status, 4: actions. */
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  th,
  td {
    padding-block: 10px;
    padding-inline-end: 16px;
    border-bottom: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
  }
  th {
    color: var(--_muted);
    font-size: calc(1em - 1px);
  }
  td small,
  td:nth-child(2) bdi {
    color: var(--_muted);
  }
  td b {
    font-weight: 500;
  }
  tr:last-child td {
    border-bottom: none;
  }
  .name {
    width: 18%;
  }
  .email {
    width: 33%;
  }
  .tools {
    width: 160px;
    text-align: end;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }
  td > .actions {
    flex-wrap: nowrap;
    justify-content: flex-end;
    /* A button is 8 px higher than a line of text. */
    margin-block: -4px;
  }
  td button {
    white-space: nowrap;
  }
  @container (min-width: 700px) {
    td:nth-child(2) bdi {
      max-width: 100%;
      overflow: hidden;
      text-overflow: ellipsis;
      vertical-align: top;
      white-space: nowrap;
    }
  }
  .failed-row td:nth-child(3) b {
    color: var(--_bad);
  }
  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .pager p {
    flex: 1 0 auto;
    white-space: nowrap;
  }
  progress {
    display: block;
    width: 100%;
    height: 8px;
    border: 0;
    border-radius: 4px;
    background: var(--_tint);
    accent-color: var(--_accent);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_tint);
  }
  progress::-webkit-progress-value {
    border-radius: 4px;
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    border-radius: 4px;
    background: var(--_accent);
  }
  @media (pointer: coarse) {
    label.file {
      min-height: 44px;
      padding-block: 11px;
    }
    input {
      min-height: 44px;
    }
  }
  @container (max-width: 699px) {
    thead {
      display: none;
    }
    table,
    tbody,
    td {
      display: block;
    }
    tr {
      display: grid;
      grid-template: minmax(24px, auto) / minmax(0, 1fr) auto;
      gap: 0 12px;
      padding: 12px 0;
      border-bottom: 1px solid var(--_border);
    }
    tr:last-child {
      border-bottom: none;
    }
    td {
      padding: 0;
      border: none;
    }
    td[colspan],
    td:nth-child(2),
    td:nth-child(3) {
      grid-column: 1 / -1;
    }
    td:nth-child(4) {
      grid-area: 1 / 2;
    }
    td > .actions {
      margin-bottom: 0;
    }
  }
`;
