import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Assessment } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import { renderEnvironment } from '../../components/environment.ts';
import { renderAssessmentHeading, renderCandidateHeading } from '../../components/headings.ts';
import { LazyModule } from '../../components/lazy-module.ts';
import { renderLazyScorecard } from '../../components/lazy-scorecard.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderAccount } from '../../components/sign-in.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { renderStaleNotice } from '../../components/stale-notice.ts';
import { baseStyles, cardStyles } from '../../components/styles.ts';
import * as strings from '../../strings/en/common.ts';
import { sessionDateElsewhere } from '../../strings/en/session-elsewhere.ts';
import { addStyles } from '../../util/shadow-styles.ts';
import { type ParsedTypes, parseAssessmentTypes } from '../base/assessments.ts';
import { CandidateElement } from '../base/candidate-element.ts';
import { customElement } from '../base/custom-element.ts';
import {
  type AvailableEntry,
  buildEntries,
  type ChoiceEntry,
  type PanelEntry,
  type SessionEntry,
} from './view-model.ts';

const lazyChoice = new LazyModule(() => import('./choice.ts'));

/** How often the age of stale data is updated. */
const STALE_TICK_MS = 1_000;

/**
 * The panel of a candidate's profile: invite, live status and result.
 *
 * @attr candidate-email - The candidate's email address. Required.
 * @attr candidate-name - The candidate's name. Required.
 * @attr project-id - Offers only the assessments of this project.
 * @attr assessment-types - The assessments to offer: `type[@project_id][:Label]`, comma-separated. Default: all that IT
 *   has configured.
 * @attr application-id - The ATS's id of the application. The proxy stores it with the invite.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @fires evalon-invited - An invite succeeded.
 * @fires evalon-status - A session's status is shown for the first time, or has changed.
 * @fires evalon-completed - A session completed while the page was open.
 * @fires evalon-error - An attribute is missing, or a request failed.
 * @csspart panel, header, environment, candidate, assessment, choice, choice-option, choice-select, label, status,
 *   invite-button, cancel-button, share, copy-button, mail-link, ats-write, handover, reminder, history, timeline, timeline-entry,
 *   scorecard, overall, dial, standing, sections, section, bar, questions, question, narrative, print-button, problem,
 *   waiting, reference, retry-button, stale, hint, account, sign-out-button, sign-in, sign-in-button, sign-in-link, code,
 *   code-input, code-button
 * @cssprop --evalon-accent, --evalon-accent-text, --evalon-invite, --evalon-invite-text, --evalon-invite-pending,
 *   --evalon-invite-pending-text, --evalon-hover, --evalon-narrative, --evalon-surface, --evalon-text, --evalon-muted,
 *   --evalon-border, --evalon-good, --evalon-bad, --evalon-busy, --evalon-radius, --evalon-font-family,
 *   --evalon-font-size, --evalon-min-height
 */
@customElement('evalon-assessments')
export class EvalonAssessments extends CandidateElement {
  static override styles = [baseStyles, cardStyles];

  @property({ attribute: 'assessment-types' }) assessmentTypes: string | undefined;

  /** The assessment that the recruiter has chosen in each project. */
  readonly #chosenTypes = new Map<string, string>();
  #staleTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#staleTimer);
  }

  protected override updated(): void {
    super.updated();
    clearTimeout(this.#staleTimer);
    if (this.connection?.staleSince !== undefined)
      this.#staleTimer = setTimeout(() => this.requestUpdate(), STALE_TICK_MS);
  }

  protected override reset(): void {
    super.reset();
    this.#chosenTypes.clear();
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<p class="failed" part="hint">${this.configError}</p>`;
    const { connection } = this;
    return html`<section class="card" part="panel" aria-label=${strings.panelLabel(this.name)}>
      <header part="header">
        <h2>${strings.panelTitle}</h2>
        ${renderEnvironment(connection?.config)}
        ${renderCandidateHeading(this.name, this.email)}
      </header>
      ${this.#renderBody()}
      ${renderStaleNotice(connection?.staleSince, connection?.clock, !this.sessions && !!connection?.problem)}
      ${renderAccount(connection)}
    </section>`;
  }

  /** While the browser is offline, the notice below the assessments is enough. */
  protected override getInviteProblem(assessment: Assessment): WidgetProblem | undefined {
    const problem = super.getInviteProblem(assessment);
    return problem?.code === 'unreachable' && !navigator.onLine ? undefined : problem;
  }

  #renderBody(): TemplateResult {
    const { connection, sessions, candidate } = this;
    const config = connection?.config;
    if (candidate && connection?.isDenied(candidate)) return html`<p>${strings.noViewPermission}</p>`;
    if (!sessions || !config) {
      return connection?.problem ? renderProblem(connection.problem, () => connection.retry()) : renderSkeleton();
    }
    const types = this.#parseTypes(config.assessments);
    const entries = buildEntries(sessions, types.assessments, config.assessments);
    this.hint = this.describeTypes(types);
    return html`${this.hint ? html`<p class="failed" part="hint">${this.hint}</p>` : nothing}
      ${entries.map((entry) => this.#renderEntry(entry))}
      ${entries.length || this.hint ? nothing : html`<p>${strings.noAssessments}</p>`}`;
  }

  #parseTypes(configured: Assessment[]): ParsedTypes {
    const { project } = this;
    if (this.assessmentTypes) return parseAssessmentTypes(this.assessmentTypes, project, configured);
    return {
      assessments: configured.filter(({ project_id }) => !project || project_id === project),
      missingProject: [],
      unknown: [],
    };
  }

  #renderEntry(entry: PanelEntry): TemplateResult {
    if (entry.kind === 'session') return this.#renderSession(entry);
    return entry.kind === 'choice' ? this.#renderChoice(entry) : this.#renderAvailable(entry);
  }

  #renderChoice({ assessments, project_id }: ChoiceEntry): TemplateResult {
    const { connection, name } = this;
    if (!this.canInvite) {
      const label = assessments.map((assessment) => assessment.label).join(', ');
      return this.#renderAvailable({ assessment: { project_id, assessment_type: '', label } });
    }
    const choice = connection && lazyChoice.get(connection);
    if (!choice) return renderSkeleton();
    addStyles(this.renderRoot, choice.choiceStyles);
    return choice.renderChoice({
      candidateName: name,
      project_id,
      assessments,
      pendingType: this.findPendingInvite(project_id)?.type,
      chosenTypes: this.#chosenTypes,
      onChange: () => this.requestUpdate(),
      renderInvite: (assessment, text) => this.renderInvite(assessment, text),
    });
  }

  #renderAvailable({ assessment }: Pick<AvailableEntry, 'assessment'>): TemplateResult {
    const detail = this.getInviteProblem(assessment) ? '' : strings.notInvited;
    const action = this.canInvite
      ? this.renderInvite(assessment, strings.invite)
      : html`<p>${strings.noInvitePermission}</p>`;
    return html`<div class="head" part="assessment" data-project=${assessment.project_id}>${renderAssessmentHeading(assessment.label, detail, action)}</div>`;
  }

  #renderSession(entry: SessionEntry): TemplateResult {
    const { session, label, isOtherProject, isCurrent } = entry;
    if (!isOtherProject && isCurrent) {
      const heading = renderAssessmentHeading(label, strings.inviteDate(session), renderChip(session));
      return html`<div class="rows" part="assessment" id=${session.session_uuid} data-project=${session.project_id}>
        <div class="head">${heading}</div>
        ${this.#renderDetails(entry)}
      </div>`;
    }
    const date = isCurrent ? sessionDateElsewhere(session) : strings.inviteDate(session);
    return this.#renderCollapsed(entry, renderAssessmentHeading(label, date, renderChip(session, { withScore: true })));
  }

  /** Renders a previous session, or one of another project. Its result loads when the recruiter opens it. */
  #renderCollapsed(entry: SessionEntry, heading: TemplateResult): TemplateResult {
    const { session_uuid } = entry.session;
    const details = this.renderRoot.getElementById(session_uuid) as HTMLDetailsElement | null;
    return html`<details part="assessment" id=${session_uuid} @toggle=${() => this.requestUpdate()}>
      <summary class="head">${heading}</summary>
      ${details?.open ? html`<div class="rows">${this.#renderDetails(entry)}</div>` : nothing}
    </details>`;
  }

  #renderDetails(entry: SessionEntry): TemplateResult {
    const { connection, renderRoot } = this;
    const { session, label, previous } = entry;
    const hasResult = connection && session.status === 'completed';
    const scorecard = hasResult ? renderLazyScorecard(connection, renderRoot, session, label) : undefined;
    const previousSessions = previous.map((previousEntry) => this.#renderSession(previousEntry));
    return html`${this.renderSession(entry, scorecard)}
      ${connection && this.details?.renderHistory(connection, renderRoot, session, previousSessions)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-assessments': EvalonAssessments;
  }
}
