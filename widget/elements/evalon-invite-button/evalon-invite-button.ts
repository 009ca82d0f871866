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

/**
 * Invites one candidate to one assessment, then shows the status in place of the button.
 *
 * @tagname evalon-invite-button
 * @attr candidate-email - The candidate's email address. Required.
 * @attr candidate-name - The candidate's name. Required.
 * @attr assessment-type - The assessment: `type[@project_id][:Label]`. Required.
 * @attr project-id - The project. Optional if IT has configured one project for the type.
 * @attr application-id - The ATS's id of the application. The proxy stores it with the invite.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @attr locale - The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`.
 * @fires {CustomEvent<EvalonEvents['evalon-invited']>} evalon-invited - An invite succeeded.
 * @fires {CustomEvent<EvalonEvents['evalon-status']>} evalon-status - A session's status is shown for the first time, or has changed.
 * @fires {CustomEvent<EvalonEvents['evalon-completed']>} evalon-completed - A session completed while the page was open.
 * @fires {CustomEvent<EvalonEvents['evalon-error']>} evalon-error - An attribute is missing, or a request failed.
 * @csspart invite-button - The Invite button.
 * @csspart cancel-button - Cancels an invite that waits for Evalon, or queued invites.
 * @csspart candidate - Name and email; in the inbox the name.
 * @csspart label - The assessment's label.
 * @csspart status - The chip: an icon and a word.
 * @csspart overall - The overall score, in the chip or with the dial.
 * @csspart share - The buttons that send the link after the invite.
 * @csspart copy-button - The buttons that copy.
 * @csspart mail-link - The link to a draft in the mail program.
 * @csspart ats-write - What was saved to the ATS, and when.
 * @csspart handover - Who passed the link on, and when.
 * @csspart reminder - The reminder with its buttons.
 * @csspart problem - The error message.
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
 * @cssprop --evalon-accent-text - Text on the main button.
 * @cssprop --evalon-text - Text.
 * @cssprop --evalon-muted - Secondary text.
 * @cssprop --evalon-border - Lines, and borders of buttons.
 * @cssprop --evalon-bad - A failed status.
 * @cssprop --evalon-busy - A status in progress.
 * @cssprop --evalon-good - “Completed”.
 * @cssprop --evalon-font-family - Font.
 * @cssprop --evalon-font-size - The base font size, to which other sizes are relative.
 * @cssprop --evalon-invite - The Invite button before a click.
 * @cssprop --evalon-invite-text - The text of the Invite button.
 * @cssprop --evalon-invite-pending - The Invite button while the invite is sent.
 * @cssprop --evalon-invite-pending-text - The text of the Invite button while the invite is sent.
 * @cssprop --evalon-hover - A secondary button or a section under the pointer.
 */
export default class EvalonInviteButton extends CandidateElement {
  static override styles = [
    baseStyles,
    css`
      :host(:not([hidden])) {
        display: grid;
        gap: 8px;
        justify-items: start;
        max-width: 420px;
      }
      .actions {
        align-items: baseline;
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
