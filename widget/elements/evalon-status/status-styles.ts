/** The icons of a chip without a status. The icons of the statuses are in `icon-styles.ts`. */
import { css } from 'lit';

export const statusStyles = css`
  :host {
    display: inline-block;
    container-type: normal;
  }
  /* Three dots. */
  .chip.loading::before {
    clip-path: path('M0 6a1.5 1.5 0 0 1 3 0a1.5 1.5 0 0 1-3 0M4.5 6a1.5 1.5 0 0 1 3 0a1.5 1.5 0 0 1-3 0M9 6a1.5 1.5 0 0 1 3 0a1.5 1.5 0 0 1-3 0');
  }
  /* A padlock. */
  .chip.denied::before {
    clip-path: path(evenodd, 'M1 5.5H2.5V3.5a3.5 3.5 0 0 1 7 0V5.5H11V12H1zM4 5.5H8V3.5a2 2 0 0 0-4 0z');
  }
  /* A ring with a slash. */
  .chip.unavailable::before {
    clip-path: path(evenodd, 'M0 6a6 6 0 0 1 12 0a6 6 0 0 1-12 0M3.4 2.3A4.5 4.5 0 0 1 9.7 8.6zM2.3 3.4A4.5 4.5 0 0 0 8.6 9.7z');
  }
  /* A person. */
  .chip.signed-out::before {
    clip-path: path('M6 0a2.75 2.75 0 0 1 0 5.5a2.75 2.75 0 0 1 0-5.5M.5 12a5.5 5.5 0 0 1 11 0z');
  }
`;
