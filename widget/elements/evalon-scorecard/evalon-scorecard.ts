import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import { renderAssessmentHeading, renderCandidateHeading } from '../../components/headings.ts';
import { iconStyles } from '../../components/icon-styles.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderScorecard } from '../../components/scorecard.ts';
import { renderMissingResult } from '../../components/session-without-result.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { baseStyles, cardStyles } from '../../components/styles.ts';
import * as strings from '../../strings/en/common.ts';
import { notFound, scorecardLabel, scorecardTitle } from '../../strings/en/scorecard.ts';
import type { Connection } from '../../sync/connection.ts';
import { scheduleRetry } from '../../util/backoff.ts';
import { toTrimmedString } from '../../util/json.ts';
import { findAssessmentLabel } from '../base/assessments.ts';
import { EvalonElement } from '../base/evalon-element.ts';

/**
 * The scorecard of one session: overall score, sections, questions and summary. Until the session completes, shows its
 * live status.
 *
 * @tagname evalon-scorecard
 * @attr session-uuid - The session. Required.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @attr locale - The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`.
 * @fires {CustomEvent<EvalonEvents['evalon-status']>} evalon-status - A session's status is shown for the first time, or has changed.
 * @fires {CustomEvent<EvalonEvents['evalon-completed']>} evalon-completed - A session completed while the page was open.
 * @fires {CustomEvent<EvalonEvents['evalon-error']>} evalon-error - An attribute is missing, or a request failed.
 * @csspart panel - The whole element: surface, border, corners.
 * @csspart header - The header of the panel.
 * @csspart candidate - Name and email; in the inbox the name.
 * @csspart assessment - One assessment with its details; in the inbox its name.
 * @csspart label - The assessment's label.
 * @csspart status - The chip: an icon and a word.
 * @csspart scorecard - The result.
 * @csspart overall - The overall score, in the chip or with the dial.
 * @csspart dial - The dial of the overall score.
 * @csspart standing - The percentile (COMPARISON).
 * @csspart sections - The list of sections.
 * @csspart section - One section.
 * @csspart bar - The bar of a section's score.
 * @csspart questions - The questions of a section.
 * @csspart question - One question.
 * @csspart narrative - Evalon's summary.
 * @csspart copy-button - The buttons that copy.
 * @csspart print-button - The Print result button.
 * @csspart problem - The error message.
 * @csspart waiting - The notice of a pending result; in the inbox the list of waiting candidates.
 * @csspart reference - The reference for IT's log.
 * @csspart retry-button - The Retry button.
 * @csspart hint - The message about a missing or invalid attribute.
 * @csspart sign-in - The sign-in prompt.
 * @csspart sign-in-button - The Sign in button.
 * @csspart sign-in-link - The link to the sign-in window, if the browser blocked it.
 * @csspart code - The form for the code that the sign-in window shows.
 * @csspart code-input - The input of that form.
 * @csspart code-button - The button of that form.
 * @cssprop --evalon-accent - The main button, the dial, the bars, “Invited”.
 * @cssprop --evalon-surface - The panel's background.
 * @cssprop --evalon-text - Text.
 * @cssprop --evalon-muted - Secondary text.
 * @cssprop --evalon-border - Lines, and borders of buttons.
 * @cssprop --evalon-good - “Completed”.
 * @cssprop --evalon-bad - A failed status.
 * @cssprop --evalon-busy - A status in progress.
 * @cssprop --evalon-radius - The panel's corners.
 * @cssprop --evalon-min-height - The panel's minimum height, to keep the content below from moving.
 * @cssprop --evalon-font-family - Font.
 * @cssprop --evalon-font-size - The base font size, to which other sizes are relative.
 * @cssprop --evalon-accent-text - Text on the main button.
 * @cssprop --evalon-hover - A secondary button or a section under the pointer.
 * @cssprop --evalon-narrative - The background of Evalon's summary.
 */
export default class EvalonScorecard extends EvalonElement {
  static override styles = [baseStyles, cardStyles, iconStyles];

  @property({ attribute: 'session-uuid' }) sessionUuid: string | undefined;

  /** The session's candidate. Undefined until the session has loaded. */
  @state() private watchedCandidate: WatchedCandidate | undefined;
  @state() private problem: WidgetProblem | undefined;
  #loadedGeneration: number | undefined;
  #failureCount = 0;

  protected override get subjectKey(): string {
    return toTrimmedString(this.sessionUuid);
  }

  protected override get missingAttributes(): string[] {
    return this.subjectKey ? [] : ['session-uuid'];
  }

  protected override get candidate(): WatchedCandidate | undefined {
    return this.watchedCandidate;
  }

  /** Keeps the loaded candidate until the subject changes. */
  protected override reset(): void {
    if (this.#loadedGeneration === this.generation) return;
    this.watchedCandidate = undefined;
    this.problem = undefined;
    this.#failureCount = 0;
  }

  protected override willUpdate(): void {
    super.willUpdate();
    const { connection } = this;
    connection?.requestConfig();
    if (connection && this.isConnected && this.#loadedGeneration !== this.generation)
      void this.#loadSession(connection);
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<div class="card"><p class="failed" part="hint">${this.configError}</p></div>`;
    const session = this.sessions?.find(({ session_uuid }) => session_uuid === this.subjectKey);
    const label = session ? scorecardLabel(session.candidate_name) : scorecardTitle;
    return html`<section class="card" part="panel" aria-label=${label}>${this.#renderBody(session)}</section>`;
  }

  #renderBody(session: Session | undefined): TemplateResult {
    const { connection } = this;
    const problem = this.problem ?? (session ? undefined : connection?.problem);
    if (problem?.code === 'not_found') return html`<p>${notFound}</p>`;
    if (problem) return renderProblem(problem, () => this.#retry());
    if (this.sessions && !session) return html`<p>${strings.assessmentErased}</p>`;
    if (!connection || !session) return renderSkeleton();
    const { candidate_name, candidate_email, status } = session;
    const label = findAssessmentLabel(session, connection.config?.assessments ?? []);
    return html`<header part="header">${renderCandidateHeading(candidate_name, candidate_email)}</header>
      <div class="rows" part="assessment">
        <div class="head">${renderAssessmentHeading(label, strings.inviteDate(session), renderChip(session))}</div>
        ${
          status === 'completed'
            ? renderScorecard(connection, this.renderRoot, session, label)
            : renderMissingResult(connection, session)
        }
      </div>`;
  }

  #retry(): void {
    this.connection?.retry();
    this.#reload();
  }

  #reload(): void {
    this.#loadedGeneration = undefined;
    this.requestUpdate();
  }

  async #loadSession(connection: Connection): Promise<void> {
    const { generation } = this;
    this.#loadedGeneration = generation;
    try {
      const { candidate_email, project_id } = await connection.client.getSession(this.subjectKey);
      if (generation !== this.generation) return;
      this.watchedCandidate = { candidate_email, project_id };
      this.problem = undefined;
    } catch (cause) {
      if (generation !== this.generation) return;
      const problem = cause as WidgetProblem;
      this.problem = problem;
      this.dispatchError(problem);
      const retry = () => problem === this.problem && this.#reload();
      scheduleRetry(problem.details, this.#failureCount++, connection.clock, retry);
    }
  }
}
