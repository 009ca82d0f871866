/**
 * The shapes of the status icons. An icon is a border of 12 by 12 px that is clipped to a shape. Chips then need no
 * further elements, and forced colors keep the icon. The status is the last class in a selector, because browsers index
 * rules by the last class. A browser then matches a chip only against the rule of its status. The first rule draws a
 * ring, for a candidate who is not invited or a status that this version does not know.
 */
import { css } from 'lit';

export const iconStyles = css`
  .chip::before {
    border-radius: 0;
    clip-path: path(evenodd, 'M0 6a6 6 0 0 1 12 0a6 6 0 0 1-12 0M1.5 6a4.5 4.5 0 0 0 9 0a4.5 4.5 0 0 0-9 0');
  }
  .chip.invited::before {
    clip-path: path('M0 2H12L6 7zM0 3.5 6 8.5 12 3.5V10H0z');
  }
  .chip.opened::before {
    clip-path: path(evenodd, 'M0 6a6 6 0 0 1 12 0a6 6 0 0 1-12 0M1.5 6a4.5 4.5 0 0 0 9 0a4.5 4.5 0 0 0-9 0M4 6a2 2 0 0 1 4 0a2 2 0 0 1-4 0');
  }
  .chip.started::before {
    clip-path: path(evenodd, 'M0 6a6 6 0 0 1 12 0a6 6 0 0 1-12 0M6 1.5a4.5 4.5 0 0 0 0 9z');
  }
  .chip.submitted::before {
    clip-path: path('M6 0 11 5H7.5V9H4.5V5H1zM0 10H12v2H0z');
  }
  .chip.scoring::before {
    clip-path: path('M0 7H3v5H0zM4.5 3.5h3V12h-3zM9 0h3V12H9z');
  }
  .chip.completed::before {
    clip-path: path(evenodd, 'M0 6a6 6 0 0 1 12 0a6 6 0 0 1-12 0M5.2 9.1 9.9 4.4 8.7 3.2 5.2 6.7 3.6 5.1 2.4 6.3z');
  }
  .chip.expired::before {
    clip-path: path(evenodd, 'M0 6a6 6 0 0 1 12 0a6 6 0 0 1-12 0M5.2 2.5V6.8H9V5.2H6.8V2.5z');
  }
  .chip.cancelled::before {
    clip-path: path(evenodd, 'M0 6a6 6 0 0 1 12 0a6 6 0 0 1-12 0M2.5 5.2V6.8H9.5V5.2z');
  }
  .chip.declined::before {
    clip-path: path('M1.5 0 6 4.5 10.5 0 12 1.5 7.5 6 12 10.5 10.5 12 6 7.5 1.5 12 0 10.5 4.5 6 0 1.5z');
  }
  .chip.failed::before {
    clip-path: path(evenodd, 'M6 0 12 11.5H0zM5.2 4V8H6.8V4zM5.2 9v1.5H6.8V9z');
  }
`;
