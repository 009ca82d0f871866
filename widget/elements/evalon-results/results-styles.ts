import { css } from 'lit';

export const resultsStyles = css`
  .card {
    max-width: none;
  }
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
    max-width: 400px;
  }
  input:not([type='checkbox']),
  select {
    display: block;
    box-sizing: border-box;
    width: 100%;
    max-width: 100%;
    min-height: 28px;
    padding: 3px 8px;
    line-height: 20px;
    border: 1px solid var(--_muted);
    border-radius: 6px;
    background: var(--evalon-surface, Canvas);
    color: var(--_text);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding-block: 8px;
    padding-inline: 0 12px;
    border-top: 1px solid var(--_border);
    text-align: start;
    vertical-align: baseline;
    font-weight: normal;
  }
  thead td {
    border-top: 0;
  }
  thead th {
    border-top: 0;
    color: var(--_muted);
    font-size: calc(1em - 1px);
  }
  [part='table'] thead th,
  .chip-cell {
    overflow-wrap: normal;
  }
  [part='row'] > * {
    line-height: 24px;
    vertical-align: top;
  }
  [part='row'] > [part='sections'] {
    padding-top: 10px;
    padding-inline-end: 24px;
  }
  tbody th small,
  thead small {
    color: var(--_muted);
  }
  [part='row'] small bdi {
    display: block;
    overflow: hidden;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* The margin offsets the border, so that the text stays on the line of the other cells. */
  [part='candidate'],
  .chip-cell .chip {
    margin-block: -1px;
  }
  [part='candidate'] {
    min-height: 24px;
    padding: 0;
    border-color: transparent;
    border-inline-width: 0;
    background: none;
    color: var(--_accent);
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
  }
  [part='candidate']:hover {
    text-decoration: underline;
  }
  /* The background extends 8 px beyond the text and the lines on both sides. */
  [part='row']:hover,
  .open {
    background: var(--_hover);
    box-shadow:
      -8px 0 var(--_hover),
      8px 0 var(--_hover);
  }
  .section {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 48px minmax(3ch, auto);
    align-items: center;
    gap: 8px;
    min-width: 208px;
    line-height: 20px;
  }
  .section .value {
    display: contents;
  }
  .section > span {
    grid-area: 1 / 1;
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .section bdi {
    display: inline;
  }
  .section b {
    grid-area: 1 / 3;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .section svg {
    grid-area: 1 / 2;
    width: 48px;
    height: 4px;
    fill: var(--_accent);
    forced-color-adjust: auto;
  }
  .section:dir(rtl) svg {
    scale: -1 1;
  }
  .track {
    opacity: 0.15;
  }
  .number {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  [part='invited'],
  [part='completed'],
  [part='changed'] {
    white-space: nowrap;
  }
  .select {
    width: 36px;
  }
  .select label {
    display: grid;
    place-items: center start;
    min-width: 24px;
    min-height: 24px;
  }
  .select input {
    width: 16px;
    height: 16px;
    accent-color: var(--_accent);
  }
  .select input:disabled {
    opacity: 0.5;
  }
  /* Only for screen readers. */
  .sr {
    position: absolute;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [part='comparison'] {
    margin-top: 8px;
  }
  [part='comparison'] h3 {
    outline: none;
  }
  /* Columns of equal width, so that nothing scrolls. */
  [part='comparison'] table {
    max-width: 704px;
    table-layout: fixed;
  }
  [part='comparison'] thead th {
    color: var(--_text);
  }
  @media (pointer: coarse) {
    input:not([type='checkbox']),
    select {
      min-height: 44px;
    }
    /* The click targets extend beyond their lines, so that their text stays on the line of the other cells. */
    .select label {
      min-width: 44px;
      min-height: 44px;
      margin-block: -10px;
    }
    [part='row'] > * {
      padding-block: 10px;
    }
    [part='candidate'] {
      min-height: 44px;
      margin-block: -10px;
      padding-block: 9px;
    }
  }
  /* Hides the sections: their heading is the fourth from the end. */
  @container (max-width: 1100px) {
    [part='table'] thead th:nth-last-child(4),
    [part='row'] > [part='sections'] {
      display: none;
    }
  }
  @container (max-width: 760px) {
    .toolbar label {
      flex: 1 1 auto;
    }
    .toolbar label:first-child {
      flex-basis: 100%;
      max-width: none;
    }
    [part='table'],
    [part='table'] tbody {
      display: block;
    }
    /* A cell with the class none has no value. A later date takes precedence over the date of the invite. */
    [part='table'] thead,
    [part='row'] > :is(.none, [part='invited-by']),
    [part='row']:has(> :is([part='changed'], [part='completed']:not(.none))) > [part='invited'] {
      display: none;
    }
    [part='table'] tr {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto auto;
      align-items: center;
      padding: 10px 0;
      border-top: 1px solid var(--_border);
    }
    [part='table'] :is(td, th) {
      padding: 0;
      border: 0;
    }
    [part='table'] .select {
      grid-area: 1 / 1 / 4;
      align-self: start;
      padding-inline-end: 12px;
    }
    [part='table'] th {
      grid-area: 1 / 2 / 3;
      align-self: start;
    }
    [part='row'] > :is([part='changed'], [part='completed'], [part='invited'], [part='assessment']),
    [part='row'] small bdi {
      line-height: 20px;
    }
    [part='row'] > [part='overall'] {
      grid-area: 1 / 3;
      padding-inline: 12px 0;
    }
    [part='table'] .chip-cell {
      grid-area: 1 / 4;
      padding-inline-start: 12px;
    }
    [part='row'] > :is([part='changed'], [part='completed'], [part='invited']) {
      grid-area: 2 / 3 / 3 / 5;
      padding-inline-start: 12px;
      color: var(--_muted);
      text-align: end;
    }
    [data-label]::before {
      content: attr(data-label) ' ';
    }
    [part='row'] > [part='assessment'] {
      grid-area: 3 / 2 / 4 / 5;
      color: var(--_muted);
    }
    [part='table'] [part='details'] {
      grid-column: 1 / -1;
    }
  }
  @container (max-width: 480px) {
    .toolbar label {
      flex: 1 1 100%;
    }
    [part='table'] th {
      grid-area: 1 / 2 / 2 / 5;
    }
    [part='row'] > [part='assessment'] {
      grid-area: 2 / 2;
    }
    [part='table'] .chip-cell {
      grid-area: 3 / 2;
      padding: 4px 0 0;
    }
    [part='row'] > [part='overall'] {
      grid-area: 3 / 3 / 4 / 5;
      padding-top: 4px;
      text-align: end;
    }
    [part='count'] {
      flex: 1 0 100%;
    }
    [part='comparison'] tr {
      display: flex;
      flex-wrap: wrap;
      border-top: 1px solid var(--_border);
      padding-block: 8px;
    }
    [part='comparison'] tr > * {
      flex: 1 0 0;
      padding-block: 0;
      padding-inline-end: 12px;
      border: 0;
    }
    [part='comparison'] tr > :first-child {
      flex-basis: 100%;
      color: var(--_muted);
    }
  }
`;
