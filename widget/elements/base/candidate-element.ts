/** An element about one candidate who can be invited: the identity, the invite, and passing the link on. */
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { EMAIL_PATTERN, toCandidateKey } from '../../../proxy/contract/candidate.ts';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { hasEndedWithoutResult, type SessionStatus, STATUS_RANK } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import { renderInviteButton } from '../../components/invite-button.ts';
import { formatWaitAnnouncement } from '../../components/invite-retry.ts';
import { renderShareLink } from '../../components/share-link.ts';
import * as say from '../../strings/en/common.ts';
import type { PendingInvite } from '../../sync/invites.ts';
import { getStatusRank } from '../../sync/subscriptions.ts';
import { announce } from '../../util/announce.ts';
import { emit } from '../../util/events.ts';
import { toTrimmedString } from '../../util/json.ts';
import type { SessionEntry } from '../evalon-assessments/view-model.ts';
import { EvalonElement } from './evalon-element.ts';

export abstract class CandidateElement extends EvalonElement {
  @property({ attribute: 'candidate-email' }) candidateEmail: string | undefined;
  @property({ attribute: 'candidate-name' }) candidateName: string | undefined;
  @property({ attribute: 'project-id' }) projectId: string | undefined;
  @property({ attribute: 'application-id' }) applicationId: string | undefined;
  readonly #problems = new Map<string, WidgetProblem>();
  readonly #reinviteFailed = new Set<string>();
  /** The session that the last invite led to. */
  #lastSessionId: string | undefined;
  readonly #pendingInvites = new Set<PendingInvite>();

  protected override get subjectKey(): string {
    return `${toCandidateKey(this.email)}\n${this.project ?? ''}`;
  }

  protected override get missingAttributes(): string[] {
    return [...(EMAIL_PATTERN.test(this.email) ? [] : ['candidate-email']), ...(this.name ? [] : ['candidate-name'])];
  }

  /** The person in all projects: what is held elsewhere matters too. */
  protected override get candidate(): WatchedCandidate | undefined {
    return this.email ? { candidate_email: this.email } : undefined;
  }

  protected get email(): string {
    return toTrimmedString(this.candidateEmail);
  }

  protected get name(): string {
    return toTrimmedString(this.candidateName);
  }

  protected get project(): string | undefined {
    return toTrimmedString(this.projectId) || undefined;
  }

  protected get canInvite(): boolean {
    return this.connection?.config?.canInvite ?? false;
  }

  /** Also, nobody is invited later, by itself, whom this element no longer shows, or who was erased. */
  protected override reset(): void {
    for (const one of this.#pendingInvites) one.abort();
    this.#pendingInvites.clear();
    this.#problems.clear();
    this.#reinviteFailed.clear();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.connection?.requestConfig();
  }

  /** Why the last click failed; whether it was an invite all the same is not always known. */
  protected getInviteProblem(type: string, projectId: string): WidgetProblem | undefined {
    return this.#problems.get(`${projectId}\n${type}`);
  }

  /** The button, and beneath it why the last click failed. */
  protected renderInvite(type: string, projectId: string, label: string, text = say.inviteTo(label)): TemplateResult {
    const pending = this.#findPendingInvite(projectId);
    const inviting = pending?.type === type ? pending : undefined;
    return renderInviteButton({
      name: this.name,
      label,
      text,
      isPending: !!pending,
      ownInvite: inviting,
      now: this.connection?.clock.now() ?? 0,
      problem: this.getInviteProblem(type, projectId),
      onInvite: () => this.#invite(type, projectId),
    });
  }

  /** What there is to do about a session, what came of it, and what cannot be had because of it. */
  protected renderSession(
    { session, label, isCurrent: current, blockedLabels: blocked }: SessionEntry,
    result?: TemplateResult,
  ): TemplateResult {
    const { status, assessment_type: type, project_id, last_event, candidate_url: link, confirming } = session;
    const rank = getStatusRank(status);
    const offer = this.connection?.config;
    const ended = rank === STATUS_RANK.expired;
    const mayInviteAgain = ended && current && this.canInvite && type;
    const waiting = ended
      ? this.#reinviteFailed.has(session.session_uuid)
        ? say.removeEndedFirst
        : say.noResultExpected
      : session.result_unavailable
        ? say.resultOverdue
        : rank < STATUS_RANK.expired && say.resultPending;
    return html`${last_event && status !== 'completed' ? html`<p>${say.latestActivity(last_event)}</p>` : nothing}
      ${
        rank < STATUS_RANK.submitted && link && offer && !confirming && !session.result_unavailable
          ? renderShareLink(session, link, label, offer)
          : waiting
            ? html`<p>${waiting}</p>`
            : result
      }
      ${mayInviteAgain ? this.renderInvite(mayInviteAgain, project_id, label, say.inviteAgain) : nothing}
      ${blocked.length ? html`<p>${say.oneAssessmentPerProject(blocked, label)}</p>` : nothing}`;
  }

  /** What the person is being invited to right now. */
  #findPendingInvite(projectId: string): PendingInvite | undefined {
    return this.connection?.invites.getPending({ candidate_email: this.email, project_id: projectId });
  }

  async #invite(type: string, projectId: string): Promise<void> {
    const { connection, generation: epoch } = this;
    if (!connection || this.#findPendingInvite(projectId)) return;
    const key = `${projectId}\n${type}`;
    this.#problems.delete(key);
    try {
      const pending = connection.invites.send({
        assessment_type: type,
        candidate_email: this.email,
        candidate_name: this.name,
        project_id: projectId,
        ...(this.applicationId && { application_id: this.applicationId }),
      });
      this.#pendingInvites.add(pending);
      pending.onWait = (ms) => announce(formatWaitAnnouncement(ms));
      const answer = await pending.result;
      if (epoch !== this.generation) return;
      if (answer) {
        const { session_uuid, status } = answer.session;
        this.#lastSessionId = session_uuid;
        if (hasEndedWithoutResult(status as SessionStatus)) {
          this.#reinviteFailed.add(session_uuid);
          announce(say.removeEndedFirst);
        }
        emit(this, 'evalon-invited', answer);
      }
    } catch (cause) {
      if (epoch !== this.generation) return;
      const problem = cause as WidgetProblem;
      this.#lastSessionId = problem.details?.session?.session_uuid;
      this.#problems.set(key, problem);
      announce(say.describeProblem(problem));
      this.dispatchError(problem);
    }
    this.requestUpdate();
  }

  /** From the button that is gone to what can be done next. */
  protected override get focusFallback(): Element | null | undefined {
    const root = this.renderRoot;
    const place = root.getElementById(`${this.#lastSessionId}`) ?? root;
    return place?.querySelector('[part=copy-button]') ?? place?.querySelector('[part=status]') ?? super.focusFallback;
  }
}
