/**
 * A result: the overall score, sections that unfold into questions, and the narrative. All of it is text. What is
 * done with a result (questions, comparison, copy, print) comes with a chunk of its own when somebody does it.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Session } from '../api/parse.ts';
import * as say from '../strings/en/common.ts';
import type { Connection } from '../sync/connection.ts';
import { copyButton } from './copy-button.ts';
import { loadReport } from './lazy.ts';
import { problemView } from './problem.ts';
import { bar, dial } from './score.ts';
import { skeleton } from './skeleton.ts';

type Report = Awaited<ReturnType<typeof loadReport>>;

let report: Report | undefined;

/** Shows the scorecard in `root`; until it is there, what the session's own summary already tells. */
export function scorecardView(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  label: string,
): TemplateResult {
  const { scorecards } = connection;
  const { session_uuid: uuid, updated_at, score_summary } = session;
  const { card, problem } = scorecards.of(uuid, updated_at);
  const { overall, sections = [], narrative } = card ?? score_summary ?? {};
  const more = () => load(connection);
  const isEmpty = overall === undefined && !sections.length && !narrative;
  if (connection.offer?.comparison || (card && isEmpty)) more();
  const extras = card && report?.extrasOf(connection, root, session, label, card, copyButton);
  return html`<div class="scorecard" part="scorecard">
    ${overall === undefined ? nothing : dial(overall, extras?.standing)}
    <div class="rows findings"><ul part="sections">
      ${sections.map(
        (section) =>
          html`<li part="section">${
            section.questions.length
              ? html`<details @toggle=${more}><summary class="line">${bar(section)}</summary>${extras?.questions(section.questions)}</details>`
              : html`<div class="line">${bar(section)}</div>`
          }</li>`,
      )}
    </ul>
    ${narrative ? html`<div class="narrative" part="narrative"><h4>${say.summary}</h4><p>${narrative.trim()}</p></div>` : nothing}
    ${problem ? problemView(problem, () => scorecards.retry(uuid)) : card ? nothing : skeleton()}
    <div class="actions">${
      card && !extras
        ? html`<button part="more-button" aria-label=${say.about(say.more, session.candidate_name)} @click=${more}>${say.more}</button>`
        : extras?.actions
    }</div>
    </div></div>`;
}

/** Once it has come, everything is rendered once more. Where it fails to, the next click asks again. */
function load(connection: Connection): void {
  if (report) return;
  loadReport().then(
    (loaded) => {
      report = loaded;
      connection.notify();
    },
    () => {},
  );
}
