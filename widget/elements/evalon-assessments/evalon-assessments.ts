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
 * @tagname evalon-assessments
 * @attr candidate-email - The candidate's email address. Required.
 * @attr candidate-name - The candidate's name. Required.
 * @attr project-id - Offers only the assessments of this project.
 * @attr assessment-types - The assessments to offer: `type[@project_id][:Label]`, comma-separated. Default: all that IT
 *   has configured.
 * @attr application-id - The ATS's id of the application. The proxy stores it with the invite.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @attr locale - The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`.
 * @fires {CustomEvent<EvalonEvents['evalon-invited']>} evalon-invited - An invite succeeded.
 * @fires {CustomEvent<EvalonEvents['evalon-status']>} evalon-status - A session's status is shown for the first time, or has changed.
 * @fires {CustomEvent<EvalonEvents['evalon-completed']>} evalon-completed - A session completed while the page was open.
 * @fires {CustomEvent<EvalonEvents['evalon-error']>} evalon-error - An attribute is missing, or a request failed.
 * @csspart panel - The whole element: surface, border, corners.
 * @csspart header - The header of the panel.
 * @csspart environment - The badge of a test system.
 * @csspart candidate - Name and email; in the inbox the name.
 * @csspart assessment - One assessment with its details; in the inbox its name.
 * @csspart choice - The group of options, if a project offers several assessments.
 * @csspart choice-option - One option: a radio button with its label.
 * @csspart choice-select - The drop-down list that replaces the radio buttons if there are more than five assessments.
 * @csspart label - The assessment's label.
 * @csspart status - The chip: an icon and a word.
 * @csspart invite-button - The Invite button.
 * @csspart cancel-button - Cancels an invite that waits for Evalon, or queued invites.
 * @csspart share - The buttons that send the link after the invite.
 * @csspart copy-button - The buttons that copy.
 * @csspart mail-link - The link to a draft in the mail program.
 * @csspart ats-write - What was saved to the ATS, and when.
 * @csspart handover - Who passed the link on, and when.
 * @csspart reminder - The reminder with its buttons.
 * @csspart history - The collapsible section with the history and the previous sessions.
 * @csspart timeline - The list of what happened.
 * @csspart timeline-entry - One entry of the timeline.
 * @csspart scorecard - The result.
 * @csspart overall - The overall score, in the chip or with the dial.
 * @csspart dial - The dial of the overall score.
 * @csspart standing - The percentile (COMPARISON).
 * @csspart sections - The list of sections.
 * @csspart section - One section.
 * @csspart bar - The bar of a section's score.
 * @csspart questions - The questions of a section.
 * @csspart question - One question.
 * @csspart narrative - Evalon's summary.
 * @csspart print-button - The Print result button.
 * @csspart problem - The error message.
 * @csspart waiting - The notice of a pending result; in the inbox the list of waiting candidates.
 * @csspart reference - The reference for IT's log.
 * @csspart retry-button - The Retry button.
 * @csspart stale - The notice that the connection is lost, and since when.
 * @csspart hint - The message about a missing or invalid attribute.
 * @csspart account - The signed-in user (single sign-on).
 * @csspart sign-out-button - The Sign out button.
 * @csspart sign-in - The sign-in prompt.
 * @csspart sign-in-button - The Sign in button.
 * @csspart sign-in-link - The link to the sign-in window, if the browser blocked it.
 * @csspart code - The form for the code that the sign-in window shows.
 * @csspart code-input - The input of that form.
 * @csspart code-button - The button of that form.
 * @cssprop --evalon-accent - The main button, the dial, the bars, “Invited”.
 * @cssprop --evalon-accent-text - Text on the main button.
 * @cssprop --evalon-invite - The Invite button before a click.
 * @cssprop --evalon-invite-text - The text of the Invite button.
 * @cssprop --evalon-invite-pending - The Invite button while the invite is sent.
 * @cssprop --evalon-invite-pending-text - The text of the Invite button while the invite is sent.
 * @cssprop --evalon-hover - A secondary button or a section under the pointer.
 * @cssprop --evalon-narrative - The background of Evalon's summary.
 * @cssprop --evalon-surface - The panel's background.
 * @cssprop --evalon-text - Text.
 * @cssprop --evalon-muted - Secondary text.
 * @cssprop --evalon-border - Lines, and borders of buttons.
 * @cssprop --evalon-good - “Completed”.
 * @cssprop --evalon-bad - A failed status.
 * @cssprop --evalon-busy - A status in progress.
 * @cssprop --evalon-radius - The panel's corners.
 * @cssprop --evalon-font-family - Font.
 * @cssprop --evalon-font-size - The base font size, to which other sizes are relative.
 * @cssprop --evalon-min-height - The panel's minimum height, to keep the content below from moving.
 */
export default class EvalonAssessments extends CandidateElement {
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
    if (this.configError) return html`<div class="card"><p class="failed" part="hint">${this.configError}</p></div>`;
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

  /** Hides that the proxy is unreachable while the browser is offline, because the stale notice shows that already. */
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
      // One entry names all assessments, because there is nothing to choose.
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
