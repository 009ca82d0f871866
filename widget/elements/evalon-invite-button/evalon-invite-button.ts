/** The invite as a button of its own, for a page that lays out the rest itself. */
import { html, type TemplateResult } from 'lit/html.js';
import { chip } from '../../components/chip.ts';
import { person } from '../../components/headings.ts';
import { problemView } from '../../components/problem.ts';
import { skeleton } from '../../components/skeleton.ts';
import { base } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import { CandidateElement } from '../base/candidate-element.ts';
import { define } from '../base/define.ts';
import { css, type Properties } from '../base/reactive-element.ts';
import { labelOf, parseChoices } from '../evalon-assessments/view-model.ts';

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
export class EvalonInviteButton extends CandidateElement {
  static override properties: Properties = {
    ...CandidateElement.properties,
    assessmentType: { attribute: 'assessment-type' },
  };
  static override styles: string[] = [
    base,
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
  declare assessmentType: string | undefined;

  protected override get missing(): string[] {
    return [...super.missing, ...(this.assessmentType?.trim() ? [] : ['assessment-type'])];
  }

  protected override render(): TemplateResult {
    if (this.hint) return html`<p class="failed" part="hint">${this.hint}</p>`;
    const { connection, sessions, candidate } = this;
    const offer = connection?.offer;
    const who = person(this.name, this.email);
    if (candidate && connection?.denied(candidate)) return html`${who}<p>${say.denied}</p>`;
    if (!sessions || !offer) {
      return html`${who}${connection?.problem ? problemView(connection.problem, () => connection.retry()) : skeleton()}`;
    }
    const { choices, unplaced } = parseChoices(this.assessmentType ?? '', this.project, offer.assessments);
    const [choice] = choices;
    if (!choice)
      return html`<p class="failed" part="hint">${say.missing(this.localName, [say.unplaced(unplaced)])}</p>`;
    const { assessment_type: type, project_id: project } = choice;
    const session = sessions.find((one) => one.project_id === project);
    if (!session) {
      if (!this.mayInvite) return html`${who}${line(choice.label, chip(undefined))}<p>${say.mayNotInvite}</p>`;
      return html`${who}${this.inviteView(type, project, choice.label)}`;
    }
    const label = labelOf(session, [choice, ...offer.assessments]);
    const blocked = session.assessment_type === type ? [] : [choice.label];
    const entry = { kind: 'session', session, label, current: true, elsewhere: false, blocked } as const;
    return html`${who}${line(label, chip(session, true))}${this.sessionView(entry)}`;
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

define('evalon-invite-button', EvalonInviteButton);
