import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Assessment, Session } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import { renderCandidateHeading } from '../../components/headings.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { baseStyles } from '../../components/styles.ts';
import * as strings from '../../strings/en/common.ts';
import { findAssessmentLabel, parseAssessmentTypes } from '../base/assessments.ts';
import { CandidateElement } from '../base/candidate-element.ts';
import { customElement } from '../base/custom-element.ts';

/**
 * Invites one candidate to one assessment, then shows the status in place of the button.
 *
 * @attr candidate-email - The candidate's email address. Required.
 * @attr candidate-name - The candidate's name. Required.
 * @attr assessment-type - The assessment: `type[@project_id][:Label]`. Required.
 * @attr project-id - The project. Optional if IT has configured one project for the type.
 * @attr application-id - The ATS's id of the application. The proxy stores it with the invite.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @fires evalon-invited - An invite succeeded.
 * @fires evalon-status - A session's status is shown for the first time, or has changed.
 * @fires evalon-completed - A session completed while the page was open.
 * @fires evalon-error - An attribute is missing, or a request failed.
 * @csspart invite-button, cancel-button, candidate, label, status, overall, share, copy-button, mail-link, ats-write, handover,
 *   reminder, problem, reference, retry-button, hint, sign-in, sign-in-button, sign-in-link, code, code-input, code-button
 * @cssprop --evalon-accent, --evalon-accent-text, --evalon-text, --evalon-muted, --evalon-border, --evalon-bad,
 *   --evalon-busy, --evalon-good, --evalon-font-family, --evalon-font-size, --evalon-invite, --evalon-invite-text,
 *   --evalon-invite-pending, --evalon-invite-pending-text, --evalon-hover
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
        width: 144px;
        height: 28px;
        border-radius: 6px;
        background: var(--_tint);
      }
      .skeleton::before,
      .skeleton::after {
        display: none;
      }
    `,
  ];

  @property({ attribute: 'assessment-type' }) assessmentType: string | undefined;

  protected override get missingAttributes(): string[] {
    return [...super.missingAttributes, ...(this.assessmentType?.trim() ? [] : ['assessment-type'])];
  }

  protected override render(): TemplateResult {
    if (this.configError) return renderHint(this.configError);
    return html`${renderCandidateHeading(this.name, this.email)}${this.#renderBody()}`;
  }

  #renderBody(): TemplateResult {
    const { connection, sessions, candidate } = this;
    const config = connection?.config;
    if (candidate && connection?.isDenied(candidate)) return html`<p>${strings.noViewPermission}</p>`;
    if (!sessions || !config) {
      return connection?.problem ? renderProblem(connection.problem, () => connection.retry()) : renderSkeleton();
    }
    const parsed = parseAssessmentTypes(this.assessmentType ?? '', this.project, config.assessments);
    const [assessment] = parsed.assessments;
    this.hint = this.describeTypes(parsed);
    if (!assessment) return renderHint(this.hint);
    const session = sessions.find(({ project_id }) => project_id === assessment.project_id);
    return session ? this.#renderSession(session, assessment, config.assessments) : this.#renderAvailable(assessment);
  }

  #renderAvailable(assessment: Assessment): TemplateResult {
    if (this.canInvite) return this.renderInvite(assessment, strings.inviteTo(assessment.label));
    return html`${renderLabel(assessment.label, renderChip(undefined))}<p>${strings.noInvitePermission}</p>`;
  }

  #renderSession(session: Session, assessment: Assessment, configured: Assessment[]): TemplateResult {
    const label = findAssessmentLabel(session, [assessment, ...configured]);
    const blocksOthers = session.assessment_type !== assessment.assessment_type;
    return html`${renderLabel(label, renderChip(session, { withScore: true }))}
      ${this.renderSession({ session, label, isCurrent: true, blocksOthers })}`;
  }
}

function renderHint(text: string): TemplateResult {
  return html`<p class="failed" part="hint">${text}</p>`;
}

function renderLabel(label: string, chip: TemplateResult): TemplateResult {
  return html`<div class="actions"><b part="label"><bdi>${label}</bdi></b>${chip}</div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-invite-button': EvalonInviteButton;
  }
}
