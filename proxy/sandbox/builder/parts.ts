/** The parts of each element, which a page can style with `::part()`. docs/embed.md describes them. */
import { BUTTON, CHIP, COHORT, type ElementName, INBOX, PANEL, RESULTS, SCORECARD } from '../gallery/story.ts';
import { type Html, html } from '../html.ts';

/** Separated by spaces, in the order of the `@csspart` tags in the element's source. */
export const PARTS: Record<ElementName, string> = {
  [PANEL]: `panel header environment candidate assessment choice choice-option choice-select label status
    invite-button cancel-button share copy-button mail-link ats-write handover reminder history timeline
    timeline-entry scorecard overall dial standing sections section bar questions question narrative
    print-button problem waiting reference retry-button stale hint account sign-out-button sign-in
    sign-in-button sign-in-link code code-input code-button`,
  [BUTTON]: `invite-button cancel-button candidate label status overall share copy-button mail-link ats-write
    handover reminder problem reference retry-button hint sign-in sign-in-button sign-in-link code
    code-input code-button`,
  [CHIP]: 'status overall hint',
  [SCORECARD]: `panel header candidate assessment label status scorecard overall dial standing sections section bar
    questions question narrative copy-button print-button problem waiting reference retry-button hint sign-in
    sign-in-button sign-in-link code code-input code-button`,
  [INBOX]: `panel header environment headline search results waiting row candidate new assessment status overall time
    remind-button share reminder handover copy-button mail-link more-button problem reference retry-button stale
    hint account sign-out-button sign-in sign-in-button sign-in-link code code-input code-button`,
  [COHORT]: `panel header environment assessment source preview filters rows row pager invite-button check-button batch
    progress cancel-button retry-failed-button csv-button copy-button batches more-button problem reference
    retry-button hint account sign-out-button sign-in sign-in-button sign-in-link code code-input code-button`,
  [RESULTS]: `panel header environment search status-filter assessment-filter sort changes-button table row candidate
    assessment status overall sections invited-by invited completed changed details count more-button csv-button
    print-button cancel-button progress compare-button comparison close-button scorecard dial standing section
    bar questions question narrative copy-button problem waiting reference retry-button stale hint account
    sign-out-button sign-in sign-in-button sign-in-link code code-input code-button`,
};

/** Lists the parts of the chosen element. The page's script hides the others. */
export function renderParts(): Html {
  return html`<details class="parts">
    <summary>Parts for <code>::part()</code></summary>
    <p class="hint">For all that has no option above, such as <code>${PANEL}::part(dial) { display: none }</code>.
      docs/embed.md describes each part.</p>
    ${Object.entries(PARTS).map(
      ([tag, names]) =>
        html`<ul data-for="${tag}" aria-label="Parts of ${tag}">${names
          .split(/\s+/)
          .map((name) => html`<li><code>${name}</code></li>`)}</ul>`,
    )}
  </details>`;
}
