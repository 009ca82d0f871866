/** Chips, and the colors of their statuses. Each icon is a dot until `icon-styles.ts` has loaded with the shapes. */
import { css } from 'lit';

export const chipStyles = css`
  .chip {
    display: inline-flex;
    align-items: baseline;
    gap: 6px;
    padding: 0 8px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--_tint);
    color: var(--_muted);
    font-size: calc(1em - 1px);
  }
  .chip::before {
    content: '';
    flex: none;
    align-self: center;
    border: 6px solid;
    border-radius: 50%;
  }
  .invited {
    color: var(--_accent);
  }
  .opened,
  .started,
  .submitted,
  .scoring {
    color: var(--_busy);
  }
  .completed {
    color: var(--_good);
  }
  .failed {
    color: var(--_bad);
  }
  @media (prefers-reduced-motion: no-preference) {
    .chip {
      transition:
        color 0.2s,
        background-color 0.2s;
    }
    .skeleton {
      animation: pulse 1s infinite alternate;
    }
    @keyframes pulse {
      to {
        opacity: 0.5;
      }
    }
  }
`;
