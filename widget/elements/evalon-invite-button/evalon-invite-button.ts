/** The invite as a button of its own, for a page that lays out the rest itself. */
import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { renderChip } from '../../components/chip.ts';
import { renderCandidateHeading } from '../../components/headings.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { baseStyles } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import { CandidateElement } from '../base/candidate-element.ts';
import { customElement } from '../base/custom-element.ts';
import { findAssessmentLabel, parseAssessmentTypes } from '../evalon-assessments/view-model.ts';

/**
 * Invites one person to one assessment, then shows the status in the button's place.
 *
 * @attr candidate-email - Whom to invite. Required.
 * @attr candidate-name - What the invite calls them. Required.
 * @attr assessment-type - To what, as `type[@project_id][:Label]`. Required.
 * @attr project-id - In which project; may be left out where IT has set up one project for this type.
 * @attr application-id - The ATS's own id, stored with the invite.
 * @attr proxy-url - Where the proxy is; by default where the script came from.
 * @fires evalon-invited
 * @fires evalon-status
 * @fires evalon-completed
 * @fires evalon-error
 * @csspart invite-button, cancel-button, candidate, label, status, overall, share, copy-button, mail-link, problem,
 *   reference, retry-button, hint, sign-in, sign-in-button, sign-in-link, code, code-input, code-button
 * @cssprop --evalon-accent, --evalon-accent-text, --evalon-text, --evalon-muted, --evalon-border, --evalon-bad,
 *   --evalon-busy, --evalon-good, --evalon-font-family, --evalon-font-size
 */
@customElement('evalon-invite-button')
export class EvalonInviteButton extends CandidateElement {
  static override styles = [
    baseStyles,
    css`
      :host(:not([hidden])) {
        display: grid;
        gap: 8px;
        justify-items: start;
        max-width: 420px;
      }
      .skeleton {
        height: 28px;
      }
    `,
  ];

  /** To what, as `type[@project_id][:Label]`. */
  @property({ attribute: 'assessment-type' }) assessmentType: string | undefined;

  protected override get missingAttributes(): string[] {
    return [...super.missingAttributes, ...(this.assessmentType?.trim() ? [] : ['assessment-type'])];
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<p class="failed" part="hint">${this.configError}</p>`;
    const { connection, sessions, candidate } = this;
    const offer = connection?.config;
    const who = renderCandidateHeading(this.name, this.email);
    if (candidate && connection?.isDenied(candidate)) return html`${who}<p>${say.noViewPermission}</p>`;
    if (!sessions || !offer) {
      return html`${who}${connection?.problem ? renderProblem(connection.problem, () => connection.retry()) : renderSkeleton()}`;
    }
    const { assessments: choices, missingProject: unplaced } = parseAssessmentTypes(
      this.assessmentType ?? '',
      this.project,
      offer.assessments,
    );
    const [choice] = choices;
    if (!choice)
      return html`<p class="failed" part="hint">${say.missingAttributes(this.localName, [say.missingProjectId(unplaced)])}</p>`;
    const { assessment_type: type, project_id: project } = choice;
    const session = sessions.find((one) => one.project_id === project);
    if (!session) {
      if (!this.canInvite)
        return html`${who}${line(choice.label, renderChip(undefined))}<p>${say.noInvitePermission}</p>`;
      return html`${who}${this.renderInvite(type, project, choice.label)}`;
    }
    const label = findAssessmentLabel(session, [choice, ...offer.assessments]);
    const blocked = session.assessment_type === type ? [] : [choice.label];
    const entry = {
      kind: 'session',
      session,
      label,
      isCurrent: true,
      isOtherProject: false,
      blockedLabels: blocked,
    } as const;
    return html`${who}${line(label, renderChip(session, true))}${this.renderSession(entry)}`;
  }
}

/** To what, and how far it has come. */
function line(label: string, status: TemplateResult): TemplateResult {
  return html`<div class="actions"><b part="label"><bdi>${label}</bdi></b>${status}</div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-invite-button': EvalonInviteButton;
  }
}
