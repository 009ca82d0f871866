/** The panel on a candidate's profile. */
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { renderChip } from '../../components/chip.ts';
import { renderAssessmentHeading, renderCandidateHeading } from '../../components/headings.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderScorecard } from '../../components/scorecard.ts';
import { renderAccount } from '../../components/sign-in.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { baseStyles, cardStyles, scorecardStyles } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import { CandidateElement } from '../base/candidate-element.ts';
import { customElement } from '../base/custom-element.ts';
import {
  type AvailableEntry,
  buildEntries,
  type ParsedTypes,
  parseAssessmentTypes,
  type SessionEntry,
} from './view-model.ts';

/** Shorter silences are ordinary reconnects and not worth a word. */
const SILENT_FOR = 5_000;
const TICK = 1_000;

/**
 * All that Evalon knows of one person: invite, live status, result.
 *
 * @attr candidate-email - Who it is. Required.
 * @attr candidate-name - What the invite and the recruiter call them. Required.
 * @attr project-id - Offers only this project's assessments.
 * @attr assessment-types - What to offer, as `type[@project_id][:Label]`, comma-separated; by default what IT has set up.
 * @attr application-id - The ATS's own id, stored with the invite.
 * @attr proxy-url - Where the proxy is; by default where the script came from.
 * @fires evalon-invited
 * @fires evalon-status
 * @fires evalon-completed
 * @fires evalon-error
 * @csspart panel, header, environment, candidate, assessment, label, status, invite-button, cancel-button, share,
 *   copy-button, mail-link, scorecard, overall, dial, standing, sections, section, bar, questions, question, narrative,
 *   print-button, problem, waiting, reference, retry-button, stale, hint, more-button, account, sign-out-button, sign-in,
 *   sign-in-button, sign-in-link, code, code-input, code-button
 * @cssprop --evalon-accent, --evalon-accent-text, --evalon-surface, --evalon-text, --evalon-muted, --evalon-border,
 *   --evalon-good, --evalon-bad, --evalon-busy, --evalon-radius, --evalon-font-family, --evalon-font-size,
 *   --evalon-min-height
 */
@customElement('evalon-assessments')
export class EvalonAssessments extends CandidateElement {
  static override styles = [baseStyles, cardStyles, scorecardStyles];

  /** What to offer, as `type[@project_id][:Label]`, comma-separated. */
  @property({ attribute: 'assessment-types' }) assessmentTypes: string | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#refreshTimer);
  }

  protected override updated(): void {
    super.updated();
    clearTimeout(this.#refreshTimer);
    if (this.connection?.staleSince !== undefined) this.#refreshTimer = setTimeout(() => this.requestUpdate(), TICK);
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<p class="failed" part="hint">${this.configError}</p>`;
    const environment = this.connection?.config?.environment ?? 'production';
    return html`<section class="card" part="panel" aria-label=${say.withSubject(say.panelTitle, this.name)}>
      <header part="header">
        <h2>${say.panelTitle}</h2>
        ${environment === 'production' ? nothing : html`<small class="scoring" part="environment">${say.testEnvironment(environment)}</small>`}
        ${renderCandidateHeading(this.name, this.email)}
      </header>
      ${this.#renderBody()} ${this.#renderStaleNotice()} ${renderAccount(this.connection)}
    </section>`;
  }

  #renderBody(): TemplateResult {
    const { connection, sessions, candidate } = this;
    const offer = connection?.config;
    if (candidate && connection?.isDenied(candidate)) return html`<p>${say.noViewPermission}</p>`;
    if (!sessions || !offer) {
      return connection?.problem ? renderProblem(connection.problem, () => connection.retry()) : renderSkeleton();
    }
    const { assessments: choices, missingProject: unplaced } = this.#parseTypes(offer.assessments);
    const entries = buildEntries(sessions, choices, offer.assessments);
    return html`${unplaced.length ? html`<p class="failed" part="hint">${say.missingAttributes(this.localName, [say.missingProjectId(unplaced)])}</p>` : nothing}
      ${entries.map((entry) => (entry.kind === 'offer' ? this.#renderAvailableEntry(entry) : this.#renderSessionEntry(entry)))}
      ${entries.length ? nothing : html`<p>${say.noAssessments}</p>`}`;
  }

  #parseTypes(offered: Parameters<typeof parseAssessmentTypes>[2]): ParsedTypes {
    const { project } = this;
    if (this.assessmentTypes) return parseAssessmentTypes(this.assessmentTypes, project, offered);
    return { assessments: offered.filter((one) => !project || one.project_id === project), missingProject: [] };
  }

  #renderAvailableEntry({ assessment: choice }: AvailableEntry): TemplateResult {
    const { assessment_type: type, project_id: project, label } = choice;
    return html`<div class="head" part="assessment">
      ${renderAssessmentHeading(label, this.getInviteProblem(type, project) ? '' : say.notInvited, this.canInvite ? this.renderInvite(type, project, label, say.invite) : html`<p>${say.noInvitePermission}</p>`)}
    </div>`;
  }

  #renderSessionEntry(entry: SessionEntry): TemplateResult {
    const { session, label, isOtherProject: elsewhere } = entry;
    const { session_uuid: uuid, status } = session;
    const root = this.renderRoot;
    const line = renderAssessmentHeading(label, say.sessionDate(session, elsewhere), renderChip(session, elsewhere));
    const view = () =>
      this.renderSession(
        entry,
        this.connection && status === 'completed' ? renderScorecard(this.connection, root, session, label) : undefined,
      );
    if (!elsewhere)
      return html`<div class="rows" part="assessment" id=${uuid}><div class="head">${line}</div>${view()}</div>`;
    // The result of another project is not read before somebody wants to see it.
    const opened = root.getElementById(uuid) as HTMLDetailsElement | null;
    return html`<details part="assessment" id=${uuid} @toggle=${() => this.requestUpdate()}>
      <summary class="head">${line}</summary>
      ${opened?.open ? html`<div class="rows">${view()}</div>` : nothing}
    </details>`;
  }

  #renderStaleNotice(): TemplateResult | undefined {
    const { staleSince, clock } = this.connection ?? {};
    const silent = staleSince && clock ? clock.now() - staleSince : 0;
    if (navigator.onLine && silent < SILENT_FOR) return undefined;
    return html`<p part="stale">${navigator.onLine ? say.reconnecting : say.offline} ${say.lastUpdated(silent)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-assessments': EvalonAssessments;
  }
}
