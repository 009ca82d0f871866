/**
 * A result: the overall score, sections that unfold into questions, and the narrative. All of it is text. What is
 * done with a result (questions, comparison, copy, print) comes with a chunk of its own when somebody does it.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../api/parse.ts';
import * as say from '../strings/en/common.ts';
import type { Connection } from '../sync/connection.ts';
import { renderCopyButton } from './copy-button.ts';
import { renderScorecardProblem } from './invite-retry.ts';
import { importReport } from './lazy.ts';
import { renderScoreBar, renderScoreDial } from './score.ts';
import { renderSkeleton } from './skeleton.ts';

type Report = Awaited<ReturnType<typeof importReport>>;

let report: Report | undefined;

/** Shows the scorecard in `root`; until it is there, what the session's own summary already tells. */
export function renderScorecard(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  label: string,
): TemplateResult {
  const { scorecards } = connection;
  const { session_uuid: uuid, updated_at, score_summary } = session;
  const { scorecard: card, problem } = scorecards.get(uuid, updated_at);
  const { overall, sections = [], narrative } = card ?? score_summary ?? {};
  const more = () => load(connection);
  const isEmpty = overall === undefined && !sections.length && !narrative;
  if (connection.config?.comparison || (card && isEmpty)) more();
  const extras = card && report?.renderReportExtras(connection, root, session, label, card, renderCopyButton);
  return html`<div class="scorecard" part="scorecard">
    ${overall === undefined ? nothing : renderScoreDial(overall, extras?.percentile)}
    <div class="rows findings"><ul part="sections">
      ${sections.map(
        (section) =>
          html`<li part="section">${
            section.questions.length
              ? html`<details @toggle=${more}><summary class="line">${renderScoreBar(section)}</summary>${extras?.renderQuestions(section.questions)}</details>`
              : html`<div class="line">${renderScoreBar(section)}</div>`
          }</li>`,
      )}
    </ul>
    ${narrative ? html`<div class="narrative" part="narrative"><h4>${say.summaryHeading}</h4><p>${narrative.trim()}</p></div>` : nothing}
    ${problem ? renderScorecardProblem(problem, () => scorecards.retry(uuid)) : card ? nothing : renderSkeleton()}
    <div class="actions">${
      card && !extras
        ? html`<button part="more-button" aria-label=${say.withSubject(say.copyOrPrint, session.candidate_name)} @click=${more}>${say.copyOrPrint}</button>`
        : extras?.actions
    }</div>
    </div></div>`;
}

/** Once it has come, everything is rendered once more. Where it fails to, the next click asks again. */
function load(connection: Connection): void {
  if (report) return;
  importReport().then(
    (loaded) => {
      report = loaded;
      connection.notifyListeners();
    },
    () => {},
  );
}
