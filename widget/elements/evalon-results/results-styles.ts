import { css } from 'lit';

export const resultsStyles = css`
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 8px;
  }
  .actions {
    align-items: center;
  }
  .toolbar label {
    display: block;
    flex: 0 1 auto;
    min-width: 0;
    color: var(--_muted);
  }
  .toolbar label:first-child {
    flex: 1 1 200px;
  }
  input:not([type='checkbox']),
  select {
    display: block;
    box-sizing: border-box;
    width: 100%;
    max-width: 100%;
    min-height: 28px;
    padding: 3px 8px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: var(--evalon-surface, Canvas);
    color: var(--_text);
    font: inherit;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 8px 12px 8px 0;
    border-top: 1px solid var(--_border);
    text-align: start;
    vertical-align: baseline;
    font-weight: normal;
  }
  thead th {
    border-top: 0;
    color: var(--_muted);
    font-size: calc(1em - 1px);
  }
  [part='table'] thead th {
    overflow-wrap: normal;
  }
  tbody th small,
  thead small {
    display: block;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  [part='candidate'] {
    min-height: 24px;
    padding: 0;
    border-color: transparent;
    background: none;
    color: inherit;
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
  }
  [part='candidate']:hover {
    text-decoration: underline;
  }
  [part='row']:hover,
  .open {
    background: var(--_hover);
  }
  [part='sections'] span {
    display: block;
    color: var(--_muted);
  }
  .number {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  [part='invited'],
  [part='completed'] {
    white-space: nowrap;
  }
  .select label {
    display: grid;
    place-items: center;
    min-width: 24px;
    min-height: 24px;
  }
  .select input {
    width: 24px;
    height: 24px;
    accent-color: var(--_accent);
  }
  .sr {
    position: absolute;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .scroll {
    overflow-x: auto;
  }
  [part='comparison'] h3 {
    outline: none;
  }
  @media (pointer: coarse) {
    .select label {
      min-width: 44px;
      min-height: 44px;
    }
    input:not([type='checkbox']),
    select,
    [part='candidate'] {
      min-height: 44px;
    }
  }
  @container (max-width: 960px) {
    [part='table'] :is(th, td):nth-last-child(4):not(.details td),
    [part='table'] [part='sections'] {
      display: none;
    }
  }
  @container (max-width: 760px) {
    [part='table'],
    [part='table'] tbody {
      display: block;
    }
    [part='table'] thead,
    [part='table'] .none,
    [part='table'] [part='invited-by'],
    [part='table'] [part='row']:has([part='completed']:not(.none)) [part='invited'] {
      display: none;
    }
    [part='table'] tr {
      display: grid;
      grid-template-columns: auto 1fr auto auto;
      align-items: center;
      gap: 0 12px;
      padding: 10px 0;
      border-top: 1px solid var(--_border);
    }
    [part='table'] :is(td, th) {
      padding: 0;
      border: 0;
    }
    [part='table'] .select {
      grid-area: 1 / 1 / 3;
    }
    [part='table'] th {
      grid-area: 1 / 2 / 3;
    }
    [part='table'] [part='overall'] {
      grid-area: 1 / 3;
    }
    [part='table'] .chip-cell {
      grid-area: 1 / 4;
    }
    [part='table'] :is([part='completed'], [part='invited']) {
      grid-area: 2 / 3 / 3 / 5;
      color: var(--_muted);
      text-align: end;
    }
    [part='table'] [part='assessment'] {
      grid-area: 3 / 2 / 4 / 5;
      color: var(--_muted);
    }
    [part='table'] [part='details'] {
      grid-column: 1 / -1;
    }
  }
`;
