/** One result on its own. Before it is there, the session is watched, so that it appears by itself. */
import { html, type TemplateResult } from 'lit/html.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { isDead, type SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { chip } from '../../components/chip.ts';
import { head, person } from '../../components/headings.ts';
import { problemView } from '../../components/problem.ts';
import { scorecardView } from '../../components/scorecard.ts';
import { skeleton } from '../../components/skeleton.ts';
import { base, card, scorecard } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import type { Connection } from '../../sync/connection.ts';
import { tryAgain } from '../../util/backoff.ts';
import { trimmed } from '../../util/json.ts';
import { define } from '../base/define.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import type { Properties } from '../base/reactive-element.ts';
import { labelOf } from '../evalon-assessments/view-model.ts';

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
export class EvalonScorecard extends EvalonElement {
  static override properties: Properties = {
    ...EvalonElement.properties,
    sessionUuid: { attribute: 'session-uuid' },
  };
  static override styles: string[] = [base, card, scorecard];

  /** Which session. */
  declare sessionUuid: string | undefined;
  #found: WatchedCandidate | undefined;
  /** The epoch that was asked in. */
  #asked: number | undefined;
  #failures = 0;
  #problem: WidgetProblem | undefined;

  protected override get identity(): string {
    return trimmed(this.sessionUuid);
  }

  protected override get missing(): string[] {
    return this.identity ? [] : ['session-uuid'];
  }

  protected override get candidate(): WatchedCandidate | undefined {
    return this.#found;
  }

  protected override forget(): void {
    if (this.#asked === this.epoch) return;
    this.#found = undefined;
    this.#problem = undefined;
    this.#failures = 0;
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.connection?.wantOffer();
    if (this.connection && this.isConnected && this.#asked !== this.epoch) this.#ask(this.connection);
  }

  protected override render(): TemplateResult {
    if (this.hint) return html`<p class="failed" part="hint">${this.hint}</p>`;
    const [session] = this.sessions?.filter((one) => one.session_uuid === this.identity) ?? [];
    const label = session ? say.about(say.scorecard, session.candidate_name) : say.scorecard;
    return html`<section class="card" part="panel" aria-label=${label}>${this.#body(session)}</section>`;
  }

  #body(session: Session | undefined): TemplateResult {
    const { connection } = this;
    const problem = this.#problem ?? (session ? undefined : connection?.problem);
    if (problem) return problemView(problem, () => this.#retry());
    if (this.sessions && !session) return html`<p>${say.gone}</p>`;
    if (!connection || !session) return skeleton();
    const { candidate_name: name, candidate_email: email } = session;
    const label = labelOf(session, connection.offer?.assessments ?? []);
    return html`<header part="header">${person(name, email)}</header>
      <div class="rows" part="assessment">
        <div class="head">${head(label, say.since(session), chip(session))}</div>
        ${
          session.status === 'completed'
            ? scorecardView(connection, this.renderRoot as ShadowRoot, session, label)
            : html`<p>${
                isDead(session.status as SessionStatus)
                  ? say.ended
                  : session.result_unavailable
                    ? say.noResult
                    : say.notReady
              }</p>`
        }
      </div>`;
  }

  #retry(): void {
    this.connection?.retry();
    this.#askAgain();
  }

  #askAgain(): void {
    this.#asked = undefined;
    this.requestUpdate();
  }

  async #ask(connection: Connection): Promise<void> {
    const { epoch } = this;
    this.#asked = epoch;
    try {
      const { candidate_email, project_id } = await connection.client.session(this.identity);
      if (epoch !== this.epoch) return;
      this.#found = { candidate_email, project_id };
      this.#problem = undefined;
    } catch (cause) {
      if (epoch !== this.epoch) return;
      const problem = cause as WidgetProblem;
      this.#problem = problem;
      this.tellProblem(problem);
      tryAgain(problem, this.#failures++, connection.clock, () => problem === this.#problem && this.#askAgain());
    }
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-scorecard': EvalonScorecard;
  }
}

define('evalon-scorecard', EvalonScorecard);
