/** One result on its own. Before it is there, the session is watched, so that it appears by itself. */
import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { hasEndedWithoutResult, type SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import { renderAssessmentHeading, renderCandidateHeading } from '../../components/headings.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderScorecard } from '../../components/scorecard.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { baseStyles, cardStyles, scorecardStyles } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import type { Connection } from '../../sync/connection.ts';
import { scheduleRetry } from '../../util/backoff.ts';
import { toTrimmedString } from '../../util/json.ts';
import { customElement } from '../base/custom-element.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import { findAssessmentLabel } from '../evalon-assessments/view-model.ts';

/**
 * The scorecard of one session: overall, sections, questions, narrative.
 *
 * @attr session-uuid - Which session. Required.
 * @attr proxy-url - Where the proxy is; by default where the script came from.
 * @fires evalon-status
 * @fires evalon-completed
 * @fires evalon-error
 * @csspart panel, header, candidate, assessment, label, status, scorecard, overall, dial, standing, sections, section,
 *   bar, questions, question, narrative, copy-button, print-button, problem, waiting, reference, retry-button, hint,
 *   more-button, sign-in, sign-in-button, sign-in-link, code, code-input, code-button
 * @cssprop --evalon-accent, --evalon-surface, --evalon-text, --evalon-muted, --evalon-border, --evalon-good,
 *   --evalon-bad, --evalon-busy, --evalon-radius, --evalon-min-height, --evalon-font-family, --evalon-font-size,
 *   --evalon-accent-text
 */
@customElement('evalon-scorecard')
export class EvalonScorecard extends EvalonElement {
  static override styles = [baseStyles, cardStyles, scorecardStyles];

  /** Which session. */
  @property({ attribute: 'session-uuid' }) sessionUuid: string | undefined;
  #candidate: WatchedCandidate | undefined;
  /** The epoch that was asked in. */
  #loadedGeneration: number | undefined;
  #failures = 0;
  #problem: WidgetProblem | undefined;

  protected override get subjectKey(): string {
    return toTrimmedString(this.sessionUuid);
  }

  protected override get missingAttributes(): string[] {
    return this.subjectKey ? [] : ['session-uuid'];
  }

  protected override get candidate(): WatchedCandidate | undefined {
    return this.#candidate;
  }

  protected override reset(): void {
    if (this.#loadedGeneration === this.generation) return;
    this.#candidate = undefined;
    this.#problem = undefined;
    this.#failures = 0;
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.connection?.requestConfig();
    if (this.connection && this.isConnected && this.#loadedGeneration !== this.generation)
      this.#loadSession(this.connection);
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<p class="failed" part="hint">${this.configError}</p>`;
    const [session] = this.sessions?.filter((one) => one.session_uuid === this.subjectKey) ?? [];
    const label = session ? say.withSubject(say.scorecardTitle, session.candidate_name) : say.scorecardTitle;
    return html`<section class="card" part="panel" aria-label=${label}>${this.#renderBody(session)}</section>`;
  }

  #renderBody(session: Session | undefined): TemplateResult {
    const { connection } = this;
    const problem = this.#problem ?? (session ? undefined : connection?.problem);
    if (problem) return renderProblem(problem, () => this.#retry());
    if (this.sessions && !session) return html`<p>${say.assessmentErased}</p>`;
    if (!connection || !session) return renderSkeleton();
    const { candidate_name: name, candidate_email: email } = session;
    const label = findAssessmentLabel(session, connection.config?.assessments ?? []);
    return html`<header part="header">${renderCandidateHeading(name, email)}</header>
      <div class="rows" part="assessment">
        <div class="head">${renderAssessmentHeading(label, say.sessionDate(session), renderChip(session))}</div>
        ${
          session.status === 'completed'
            ? renderScorecard(connection, this.renderRoot, session, label)
            : html`<p>${
                hasEndedWithoutResult(session.status as SessionStatus)
                  ? say.noResultExpected
                  : session.result_unavailable
                    ? say.resultOverdue
                    : say.resultPending
              }</p>`
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
    const { generation: epoch } = this;
    this.#loadedGeneration = epoch;
    try {
      const { candidate_email, project_id } = await connection.client.getSession(this.subjectKey);
      if (epoch !== this.generation) return;
      this.#candidate = { candidate_email, project_id };
      this.#problem = undefined;
    } catch (cause) {
      if (epoch !== this.generation) return;
      const problem = cause as WidgetProblem;
      this.#problem = problem;
      this.dispatchError(problem);
      scheduleRetry(
        problem.details,
        this.#failures++,
        connection.clock,
        () => problem === this.#problem && this.#reload(),
      );
    }
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-scorecard': EvalonScorecard;
  }
}
