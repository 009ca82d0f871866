/** A chip for the rows of a candidate list. A page may hold thousands: they share one query and one stream. */
import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { EMAIL_PATTERN } from '../../../proxy/contract/candidate.ts';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { renderChip } from '../../components/chip.ts';
import { baseStyles } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import * as sayStatus from '../../strings/en/status.ts';
import { watchKey } from '../../sync/subscriptions.ts';
import { toTrimmedString } from '../../util/json.ts';
import { yieldIfBusy } from '../../util/yield-to-page.ts';
import { customElement } from '../base/custom-element.ts';
import { EvalonElement } from '../base/evalon-element.ts';

/**
 * One person's status in one project, live; with the overall score once completed.
 *
 * @attr candidate-email - Who it is. Required.
 * @attr project-id - In which project. Required.
 * @attr proxy-url - Where the proxy is; by default where the script came from.
 * @fires evalon-status
 * @fires evalon-completed
 * @fires evalon-error
 * @csspart status, overall, hint
 * @cssprop --evalon-accent, --evalon-text, --evalon-muted, --evalon-good, --evalon-bad, --evalon-busy,
 *   --evalon-font-family, --evalon-font-size
 */
@customElement('evalon-status')
export class EvalonStatus extends EvalonElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
        container-type: normal;
      }
    `,
  ];

  /** Who it is. */
  @property({ attribute: 'candidate-email' }) candidateEmail: string | undefined;
  /** In which project. */
  @property({ attribute: 'project-id' }) projectId: string | undefined;

  /** A list upgrades a thousand chips in one task, which stays short because each chip attaches its shadow root later. */
  override async connectedCallback(): Promise<void> {
    await yieldIfBusy();
    if (this.isConnected) super.connectedCallback();
  }

  protected override get candidate(): WatchedCandidate {
    return { candidate_email: toTrimmedString(this.candidateEmail), project_id: toTrimmedString(this.projectId) };
  }

  protected override get subjectKey(): string {
    return watchKey(this.candidate);
  }

  protected override get missingAttributes(): string[] {
    const { candidate_email, project_id } = this.candidate;
    return [...(EMAIL_PATTERN.test(candidate_email) ? [] : ['candidate-email']), ...(project_id ? [] : ['project-id'])];
  }

  protected override render(): TemplateResult {
    const { connection, sessions, candidate } = this;
    if (this.configError) return html`<span class="failed" part="hint">${this.configError}</span>`;
    if (connection?.isDenied(candidate)) return placeholder(sayStatus.noAccess, say.noViewPermission);
    if (sessions) return renderChip(sessions[0], true);
    const { problem } = connection ?? {};
    if (!problem) return placeholder(say.loading, say.loading);
    const word = ['unauthenticated', 'no_token'].includes(problem.code)
      ? sayStatus.signedOut
      : sayStatus.statusUnavailable;
    return placeholder(word, say.describeProblem(problem));
  }
}

/** In the place of a status: a word, and the sentence for whoever points at it or cannot see it. */
function placeholder(word: string, sentence: string): TemplateResult {
  return html`<span class="chip" part="status" role="img" aria-label=${sentence} title=${sentence}>${word}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-status': EvalonStatus;
  }
}
