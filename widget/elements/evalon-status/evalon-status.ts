import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { isEmail, normalizeEmail, normalizeId } from '../../../proxy/contract/candidate.ts';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { renderChip } from '../../components/chip.ts';
import { iconStyles } from '../../components/icon-styles.ts';
import { baseStyles } from '../../components/styles.ts';
import * as strings from '../../strings/en/common.ts';
import * as statusStrings from '../../strings/en/status.ts';
import { watchKey } from '../../sync/subscriptions.ts';
import { toTrimmedString } from '../../util/json.ts';
import { runOrDefer } from '../../util/yield-to-page.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import { statusStyles } from './status-styles.ts';

/**
 * A chip with a candidate's live status in one project, and the overall score once completed. A list can contain
 * thousands of chips, because they share one stream.
 *
 * @tagname evalon-status
 * @attr candidate-email - The candidate's email address. Required.
 * @attr project-id - The project. Required.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @attr locale - The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`.
 * @fires {CustomEvent<EvalonEvents['evalon-status']>} evalon-status - A session's status is shown for the first time, or has changed.
 * @fires {CustomEvent<EvalonEvents['evalon-completed']>} evalon-completed - A session completed while the page was open.
 * @fires {CustomEvent<EvalonEvents['evalon-error']>} evalon-error - An attribute is missing, or a request failed.
 * @csspart status - The chip: an icon and a word.
 * @csspart overall - The overall score, in the chip or with the dial.
 * @csspart hint - The message about a missing or invalid attribute.
 * @cssprop --evalon-accent - The main button, the dial, the bars, “Invited”.
 * @cssprop --evalon-text - Text.
 * @cssprop --evalon-muted - Secondary text.
 * @cssprop --evalon-good - “Completed”.
 * @cssprop --evalon-bad - A failed status.
 * @cssprop --evalon-busy - A status in progress.
 * @cssprop --evalon-font-family - Font.
 * @cssprop --evalon-font-size - The base font size, to which other sizes are relative.
 */
export default class EvalonStatus extends EvalonElement {
  static override styles = [baseStyles, iconStyles, statusStyles];

  @property({ attribute: 'candidate-email' }) candidateEmail: string | undefined;
  @property({ attribute: 'project-id' }) projectId: string | undefined;

  /** Attaches the shadow root later, because a list may upgrade a thousand chips in one task. */
  override connectedCallback(): void {
    void runOrDefer(() => {
      if (this.isConnected) super.connectedCallback();
    });
  }

  protected override get candidate(): WatchedCandidate {
    return {
      candidate_email: normalizeEmail(toTrimmedString(this.candidateEmail)),
      project_id: normalizeId(toTrimmedString(this.projectId)),
    };
  }

  protected override get subjectKey(): string {
    return watchKey(this.candidate);
  }

  protected override get missingAttributes(): string[] {
    const { candidate_email, project_id } = this.candidate;
    return [...(isEmail(candidate_email) ? [] : ['candidate-email']), ...(project_id ? [] : ['project-id'])];
  }

  protected override render(): TemplateResult {
    const { connection, sessions, candidate } = this;
    if (this.configError) return html`<span class="failed" part="hint">${this.configError}</span>`;
    if (connection?.isDenied(candidate)) {
      return renderPlaceholder('denied', statusStrings.noAccess, strings.noViewPermission);
    }
    if (sessions) return renderChip(sessions[0], { withScore: true });
    const problem = connection?.problem;
    if (!problem) return renderPlaceholder('loading', strings.loading, strings.loading);
    const explanation = strings.describeProblem(problem);
    return ['unauthenticated', 'no_token'].includes(problem.code)
      ? renderPlaceholder('signed-out', statusStrings.signedOut, explanation)
      : renderPlaceholder('unavailable', statusStrings.statusUnavailable, explanation);
  }
}

/**
 * A chip without a status.
 * @param icon the class of the icon
 * @param explanation shown as a tooltip and read by screen readers
 */
function renderPlaceholder(icon: string, text: string, explanation: string): TemplateResult {
  return html`<span class="chip ${icon}" part="status" role="img" aria-label=${explanation} title=${explanation}>${text}</span>`;
}
