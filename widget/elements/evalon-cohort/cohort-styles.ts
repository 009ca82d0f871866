import { css } from 'lit';

export const cohortStyles = css`
  textarea,
  input {
    width: 100%;
    padding: 6px 8px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: var(--evalon-surface, Canvas);
    color: var(--_text);
  }
  textarea {
    min-height: 96px;
    resize: vertical;
    white-space: pre;
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
  label.file input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  label.file:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .dropping {
    outline: 2px dashed var(--_accent);
    outline-offset: -4px;
  }
  .filters button {
    border-radius: 14px;
  }
  .filters [aria-pressed='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
    font-weight: 600;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  th,
  td {
    padding: 6px 8px 6px 0;
    border-bottom: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
  }
  th {
    color: var(--_muted);
    font-size: calc(1em - 1px);
  }
  td small {
    color: var(--_muted);
  }
  tr:last-child td {
    border-bottom: none;
  }
  .wide {
    width: 32%;
  }
  td .actions {
    justify-content: flex-end;
  }
  .end {
    text-align: end;
  }
  .failed-row b {
    color: var(--_bad);
  }
  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .pager p {
    flex: 1;
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
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
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
  @container (max-width: 559px) {
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    table,
    tbody,
    tr,
    td {
      display: block;
    }
    td {
      padding: 0;
      border: none;
    }
    tr {
      padding: 8px 0;
      border-bottom: 1px solid var(--_border);
    }
    td .actions {
      justify-content: flex-start;
      margin-top: 4px;
    }
  }
`;
