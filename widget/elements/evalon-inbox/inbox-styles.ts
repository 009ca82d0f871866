import { css } from 'lit';

export const inboxStyles = css`
  [part='headline'] {
    color: var(--_text);
    outline: none;
  }
  ul {
    margin: 4px -10px 0;
  }
  li button,
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    width: 100%;
    text-align: start;
  }
  li button {
    padding: 6px 10px;
    border-color: transparent;
  }
  li button:hover {
    background: var(--_tint);
  }
  .who b {
    flex: 1;
    text-decoration: underline;
    text-decoration-color: var(--_muted);
    text-underline-offset: 3px;
  }
  li small {
    flex: 1 0 auto;
    max-width: 100%;
    color: var(--_muted);
    font-size: 12px;
  }
  [part='more-button'] {
    margin-top: 6px;
  }
  @container (min-width: 640px) {
    .who {
      width: 40%;
    }
  }
`;
