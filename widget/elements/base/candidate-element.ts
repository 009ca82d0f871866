/** Base class of elements for one candidate. Renders the invite button, and a session with its next action. */
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import {
  isEmail,
  normalizeEmail,
  normalizeId,
  normalizeName,
  toCandidateKey,
} from '../../../proxy/contract/candidate.ts';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { toProblem, type WidgetProblem } from '../../api/errors.ts';
import type { Assessment, Session } from '../../api/parse.ts';
import { renderInviteButton } from '../../components/invite-button.ts';
import { lazySessionDetails, type SessionDetails } from '../../components/lazy-session-details.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import * as strings from '../../strings/en/common.ts';
import type { PendingInvite } from '../../sync/invites.ts';
import { announce } from '../../util/announce.ts';
import { emit } from '../../util/events.ts';
import { toTrimmedString } from '../../util/json.ts';
import { addStyles } from '../../util/shadow-styles.ts';
import type { ParsedTypes } from './assessments.ts';
import { EvalonElement } from './evalon-element.ts';

export interface SessionView {
  session: Session;
  /** The name of the assessment. */
  label: string;
  /** Whether the session is the newest of its project. */
  isCurrent: boolean;
  /** Whether the session prevents invites to other assessments that the page offers in the session's project. */
  blocksOthers: boolean;
}

export abstract class CandidateElement extends EvalonElement {
  @property({ attribute: 'candidate-email' }) candidateEmail: string | undefined;
  @property({ attribute: 'candidate-name' }) candidateName: string | undefined;
  @property({ attribute: 'project-id' }) projectId: string | undefined;
  @property({ attribute: 'application-id' }) applicationId: string | undefined;

  /**
   * The ATS of the application, as the proxy's connectors name it. The browser extension sets it.
   * @internal
   */
  ats: string | undefined;

  /** Why the last invite to an assessment failed. */
  readonly #problems = new Map<string, WidgetProblem>();
  /** The assessments whose last invite failed while the browser was offline. */
  readonly #failedOffline = new Set<string>();
  /** The project of the row that last had the focus. */
  #focusedProject: string | undefined;
  readonly #pendingInvites = new Set<PendingInvite>();

  protected override get subjectKey(): string {
    return `${toCandidateKey(this.email)}\n${this.project ?? ''}`;
  }

  protected override get missingAttributes(): string[] {
    return [...(isEmail(this.email) ? [] : ['candidate-email']), ...(this.name ? [] : ['candidate-name'])];
  }

  /** Watches the candidate in all projects, because the panel also shows sessions of other projects. */
  protected override get candidate(): WatchedCandidate | undefined {
    return this.email ? { candidate_email: this.email } : undefined;
  }

  protected get email(): string {
    return normalizeEmail(toTrimmedString(this.candidateEmail));
  }

  protected get name(): string {
    return normalizeName(toTrimmedString(this.candidateName));
  }

  protected get project(): string | undefined {
    return normalizeId(toTrimmedString(this.projectId)) || undefined;
  }

  protected get canInvite(): boolean {
    return this.connection?.config?.canInvite ?? false;
  }

  /** Also stops the retries of invites, so that the element never invites a previous candidate. */
  protected override reset(): void {
    for (const invite of this.#pendingInvites) invite.abort();
    this.#pendingInvites.clear();
    this.#problems.clear();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    const focusedRow = this.renderRoot.activeElement?.closest<HTMLElement>('[data-project]');
    if (focusedRow) this.#focusedProject = focusedRow.dataset['project'];
    this.connection?.requestConfig();
    const { details } = this;
    if (details) addStyles(this.renderRoot, details.iconStyles);
  }

  /** The code that renders sessions. Undefined until it has loaded. */
  protected get details(): SessionDetails | undefined {
    return this.connection && lazySessionDetails.get(this.connection);
  }

  /** Why the last invite failed. Undefined if it failed offline and the browser is online again. */
  protected getInviteProblem(assessment: Assessment): WidgetProblem | undefined {
    const key = toKey(assessment);
    return navigator.onLine && this.#failedOffline.has(key) ? undefined : this.#problems.get(key);
  }

  protected renderInvite(assessment: Assessment, text: strings.InviteButtonText): TemplateResult {
    const pending = this.findPendingInvite(assessment.project_id);
    return renderInviteButton({
      name: this.name,
      assessment: assessment.label,
      text,
      pending,
      ownInvite: pending?.type === assessment.assessment_type ? pending : undefined,
      now: this.connection?.clock.now() ?? 0,
      details: this.details,
      problem: this.getInviteProblem(assessment),
      onInvite: () => void this.#invite(assessment),
    });
  }

  /** @param scorecard shown if the session has a result */
  protected renderSession(view: SessionView, scorecard?: TemplateResult): TemplateResult {
    const { details, connection } = this;
    const { session, label, isCurrent, blocksOthers } = view;
    if (!details || !connection?.config) return scorecard ?? renderSkeleton();
    // A session of an unknown type offers no new invite, so the text "null" is never sent.
    const assessment = { project_id: session.project_id, assessment_type: `${session.assessment_type}`, label };
    return details.renderSessionDetails({
      connection,
      session,
      label,
      config: connection.config,
      canInvite: isCurrent && this.canInvite,
      blocksOthers,
      scorecard,
      renderInviteAgain: () => this.renderInvite(assessment, strings.inviteAgain),
    });
  }

  /** A message for the page's developer about types that cannot be offered; empty if there are none. */
  protected describeTypes({ missingProject, unknown }: ParsedTypes): string {
    if (unknown.length) return strings.unknownTypes(this.localName, unknown);
    return missingProject.length ? strings.missingProjectId(this.localName, missingProject) : '';
  }

  protected findPendingInvite(projectId: string): PendingInvite | undefined {
    return this.connection?.invites.getPending({ candidate_email: this.email, project_id: projectId });
  }

  async #invite(assessment: Assessment): Promise<void> {
    const { connection, generation } = this;
    const { assessment_type, project_id } = assessment;
    if (!connection || this.findPendingInvite(project_id)) return;
    this.#problems.delete(toKey(assessment));
    try {
      const invite = connection.invites.send({
        assessment_type,
        project_id,
        candidate_email: this.email,
        candidate_name: this.name,
        ...(this.applicationId && { application_id: this.applicationId, ats: this.ats }),
      });
      this.#pendingInvites.add(invite);
      invite.onWait = async (ms) => {
        const details = await lazySessionDetails.load(connection);
        if (details) announce(details.inviteRetryIn(ms));
      };
      const result = await invite.result;
      if (generation !== this.generation) return;
      if (result) this.#onInvited(result);
    } catch (cause) {
      if (generation !== this.generation) return;
      this.#onInviteFailure(assessment, toProblem(cause));
    }
    this.requestUpdate();
  }

  #onInvited(result: { session: Session; created: boolean }): void {
    const { connection, details } = this;
    const { session } = result;
    if (connection && details?.hasEnded(session)) void details.recordRefusal(connection, session);
    emit(this, 'evalon-invited', result);
  }

  #onInviteFailure(assessment: Assessment, problem: WidgetProblem): void {
    const key = toKey(assessment);
    this.#problems.set(key, problem);
    if (navigator.onLine) this.#failedOffline.delete(key);
    else this.#failedOffline.add(key);
    announce(strings.describeProblem(problem));
    this.dispatchError(problem);
  }

  /** Returns the project's next action. An invite button loses the focus if a colleague invites the candidate. */
  protected override get focusFallback(): Element | null | undefined {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-project]')];
    const row = rows.find(({ dataset }) => dataset['project'] === this.#focusedProject) ?? this.renderRoot;
    return row.querySelector('[part=copy-button]') ?? row.querySelector('[part=status]') ?? super.focusFallback;
  }
}

function toKey({ project_id, assessment_type }: Assessment): string {
  return `${project_id}\n${assessment_type}`;
}
