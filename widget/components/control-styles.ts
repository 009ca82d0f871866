/**
 * The styles of buttons and of links that look like buttons. `[part][aria-disabled]` is as specific as the rules of the
 * invite button and comes after them, so `[part][aria-disabled]` takes precedence.
 */
import { css } from 'lit';

export const controlStyles = css`
  button,
  a {
    min-height: 28px;
    padding: 3px 11px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: none;
    text-decoration: none;
    cursor: pointer;
  }
  a {
    display: inline-grid;
    align-content: center;
  }
  button:hover,
  a:hover {
    border-color: currentColor;
    background: var(--_hover);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .primary:hover {
    border-color: transparent;
    background: color-mix(in srgb, var(--_accent) 88%, CanvasText);
  }
  [part='invite-button'].primary {
    background: var(--evalon-invite, var(--_accent));
    color: var(--evalon-invite-text, var(--_on-accent));
  }
  [part='invite-button'].primary:hover {
    background: color-mix(in srgb, var(--evalon-invite, var(--_accent)) 88%, CanvasText);
  }
  [part][aria-disabled='true'],
  [part][aria-disabled='true']:hover {
    border-color: var(--_border);
    background: var(--evalon-invite-pending, var(--_tint));
    color: var(--evalon-invite-pending-text, var(--_muted));
    cursor: progress;
  }
  @media (pointer: coarse) {
    button,
    a,
    summary {
      min-height: 44px;
      min-width: 44px;
    }
  }
`;
