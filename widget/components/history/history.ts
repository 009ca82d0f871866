/** A session's collapsible history in `<evalon-assessments>`. Its code and data load when the recruiter opens it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import type { BaseElement } from '../../elements/base/base-element.ts';
import * as strings from '../../strings/en/session-details.ts';
import type { Connection } from '../../sync/connection.ts';
import { addStyles } from '../../util/shadow-styles.ts';
import { LazyModule } from '../lazy-module.ts';
import { renderProblem } from '../problem.ts';
import { renderSkeleton } from '../skeleton.ts';

/**
 * `flex-basis: auto` keeps a date on one line. The arrow of a previous session is in the padding, so that the arrow
 * never wraps alone. What follows the skeleton of a result (`.sections`) is hidden, so that nothing moves when the result
 * replaces the skeleton. The history also waits for notices. Buttons don't, because they may receive the focus.
 */
const styles = css`
  .rows .head > div {
    flex-basis: auto;
  }
  .rows summary.head {
    padding-inline-end: 24px;
  }
  .rows summary.head::after {
    margin-inline-end: -21px;
  }
  .rows [part='assessment'] + [part='assessment'] {
    padding-top: 8px;
    border-top: 1px solid var(--_border);
  }
  .sections ~ *,
  .skeleton ~ [part='history'],
  .scorecard:has(.sections) ~ * {
    display: none;
  }
  [part='history'] > summary {
    display: flex;
    align-items: center;
    gap: 6px;
    width: fit-content;
    min-height: 28px;
    padding-inline-end: 8px;
    color: var(--_muted);
  }
  [part='history'] > summary:hover {
    color: var(--_text);
  }
`;

const lazyHistory = new LazyModule(() => import('./evalon-history.ts'));

/** Parts of `<evalon-history>`, so that pages can style them as parts of the outer element. */
const PARTS = 'timeline, timeline-entry, problem, reference, retry-button';

/** @param previous the candidate's previous sessions in the project */
export function renderHistory(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  previous: TemplateResult[],
): TemplateResult {
  addStyles(root, styles);
  const id = `history-${session.session_uuid}`;
  const details = root.getElementById(id) as HTMLDetailsElement | null;
  const update = () => (root.host as BaseElement).requestUpdate();
  return html`<details part="history" id=${id} @toggle=${update}>
    <summary>${strings.history(previous.length)}</summary>
    ${details?.open ? html`<div class="rows">${renderTimeline(connection, session)}${renderPrevious(previous)}</div>` : nothing}
  </details>`;
}

function renderTimeline(connection: Connection, session: Session): TemplateResult {
  if (lazyHistory.get(connection)) {
    return html`<evalon-history exportparts=${PARTS} .connection=${connection} .session=${session}></evalon-history>`;
  }
  const { problem } = lazyHistory;
  return problem ? renderProblem(problem, () => void lazyHistory.load(connection)) : renderSkeleton();
}

function renderPrevious(previous: TemplateResult[]): TemplateResult | typeof nothing {
  if (!previous.length) return nothing;
  return html`<h4>${strings.previousSessions}</h4>${previous}`;
}
