import { css } from 'lit';

/** The timeline: a dot for each entry, connected by a line. */
export const timelineStyles = css`
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    position: relative;
    padding: 4px 0;
    padding-inline-start: 20px;
    color: var(--_muted);
  }
  li p {
    flex: 1 1 160px;
    color: var(--_text);
  }
  li::before,
  li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-inline-start: 4px;
  }
  li::before {
    top: 10px;
    border: 4px solid;
    border-radius: 50%;
  }
  /* The line from below the dot to above the next dot, in the middle of the dot's 8 px. */
  li:not(:last-child)::after {
    top: 22px;
    bottom: -6px;
    margin-inline-start: 3.5px;
    border-inline-start: 1px solid var(--_border);
  }
  time {
    color: var(--_muted);
    font-size: calc(1em - 1px);
    font-variant-numeric: tabular-nums;
  }
  .completed::before,
  .regraded::before {
    color: var(--_good);
  }
`;
