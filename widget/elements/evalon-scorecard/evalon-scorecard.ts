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
import { scorecardLabel, scorecardTitle } from '../../strings/en/scorecard.ts';
import type { Connection } from '../../sync/connection.ts';
import { scheduleRetry } from '../../util/backoff.ts';
import { toTrimmedString } from '../../util/json.ts';
import { findAssessmentLabel } from '../base/assessments.ts';
import { customElement } from '../base/custom-element.ts';
import { EvalonElement } from '../base/evalon-element.ts';

/**
 * The scorecard of one session: overall score, sections, questions and summary. Until the session completes, shows its
 * live status.
 *
 * @attr session-uuid - The session. Required.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @fires evalon-status - A session's status is shown for the first time, or has changed.
 * @fires evalon-completed - A session completed while the page was open.
 * @fires evalon-error - An attribute is missing, or a request failed.
 * @csspart panel, header, candidate, assessment, label, status, scorecard, overall, dial, standing, sections, section,
 *   bar, questions, question, narrative, copy-button, print-button, problem, waiting, reference, retry-button, hint,
 *   sign-in, sign-in-button, sign-in-link, code, code-input, code-button
 * @cssprop --evalon-accent, --evalon-surface, --evalon-text, --evalon-muted, --evalon-border, --evalon-good,
 *   --evalon-bad, --evalon-busy, --evalon-radius, --evalon-min-height, --evalon-font-family, --evalon-font-size,
 *   --evalon-accent-text, --evalon-hover, --evalon-narrative
 */
@customElement('evalon-scorecard')
export class EvalonScorecard extends EvalonElement {
  static override styles = [baseStyles, cardStyles, iconStyles];

  @property({ attribute: 'session-uuid' }) sessionUuid: string | undefined;

  /** The session's candidate. The element subscribes to it. */
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
    if (this.configError) return html`<p class="failed" part="hint">${this.configError}</p>`;
    const session = this.sessions?.find(({ session_uuid }) => session_uuid === this.subjectKey);
    const label = session ? scorecardLabel(session.candidate_name) : scorecardTitle;
    return html`<section class="card" part="panel" aria-label=${label}>${this.#renderBody(session)}</section>`;
  }

  #renderBody(session: Session | undefined): TemplateResult {
    const { connection } = this;
    const problem = this.problem ?? (session ? undefined : connection?.problem);
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

declare global {
  interface HTMLElementTagNameMap {
    'evalon-scorecard': EvalonScorecard;
  }
}
