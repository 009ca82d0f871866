/** An element about one candidate who can be invited: the identity, the invite, and passing the link on. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { candidateKey, EMAIL } from '../../../proxy/contract/candidate.ts';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { isDead, type SessionStatus, STATUS_RANK } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import { inviteButton } from '../../components/invite-button.ts';
import { share } from '../../components/share-link.ts';
import * as say from '../../strings/en/common.ts';
import type { PendingInvite } from '../../sync/invites.ts';
import { rankOf } from '../../sync/subscriptions.ts';
import { announce } from '../../util/announce.ts';
import { tell } from '../../util/events.ts';
import { trimmed } from '../../util/json.ts';
import type { SessionEntry } from '../evalon-assessments/view-model.ts';
import { EvalonElement } from './evalon-element.ts';
import type { Properties } from './reactive-element.ts';

export abstract class CandidateElement extends EvalonElement {
  static override properties: Properties = {
    ...EvalonElement.properties,
    candidateEmail: { attribute: 'candidate-email' },
    candidateName: { attribute: 'candidate-name' },
    projectId: { attribute: 'project-id' },
    applicationId: { attribute: 'application-id' },
  };

  declare candidateEmail: string | undefined;
  declare candidateName: string | undefined;
  declare projectId: string | undefined;
  declare applicationId: string | undefined;
  readonly #problems = new Map<string, WidgetProblem>();
  readonly #stillEnded = new Set<string>();
  /** The session that the last invite led to. */
  #answered: string | undefined;
  readonly #asked = new Set<PendingInvite>();

  protected override get identity(): string {
    return `${candidateKey(this.email)}\n${this.project ?? ''}`;
  }

  protected override get missing(): string[] {
    return [...(EMAIL.test(this.email) ? [] : ['candidate-email']), ...(this.name ? [] : ['candidate-name'])];
  }

  /** The person in all projects: what is held elsewhere matters too. */
  protected override get candidate(): WatchedCandidate | undefined {
    return this.email ? { candidate_email: this.email } : undefined;
  }

  protected get email(): string {
    return trimmed(this.candidateEmail);
  }

  protected get name(): string {
    return trimmed(this.candidateName);
  }

  protected get project(): string | undefined {
    return trimmed(this.projectId) || undefined;
  }

  protected get mayInvite(): boolean {
    return this.connection?.offer?.mayInvite ?? false;
  }

  /** Also, nobody is invited later, by itself, whom this element no longer shows, or who was erased. */
  protected override forget(): void {
    for (const one of this.#asked) one.leaving.abort();
    this.#asked.clear();
    this.#problems.clear();
    this.#stillEnded.clear();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.connection?.wantOffer();
  }

  /** Why the last click failed; whether it was an invite all the same is not always known. */
  protected problem(type: string, projectId: string): WidgetProblem | undefined {
    return this.#problems.get(`${projectId}\n${type}`);
  }

  /** The button, and beneath it why the last click failed. */
  protected inviteView(type: string, projectId: string, label: string, text = say.inviteTo(label)): TemplateResult {
    const pending = this.#pending(projectId);
    const inviting = pending?.type === type ? pending : undefined;
    return inviteButton({
      name: this.name,
      label,
      text,
      pending: !!pending,
      inviting,
      problem: this.problem(type, projectId),
      invite: () => this.#invite(type, projectId),
    });
  }

  /** What there is to do about a session, what came of it, and what cannot be had because of it. */
  protected sessionView({ session, label, current, blocked }: SessionEntry, result?: TemplateResult): TemplateResult {
    const { status, assessment_type: type, project_id, last_event, candidate_url: link, confirming } = session;
    const rank = rankOf(status);
    const offer = this.connection?.offer;
    const ended = rank === STATUS_RANK.expired;
    const mayInviteAgain = ended && current && this.mayInvite && type;
    const waiting = ended
      ? this.#stillEnded.has(session.session_uuid)
        ? say.stillEnded
        : say.ended
      : session.result_unavailable
        ? say.noResult
        : rank < STATUS_RANK.expired && say.notReady;
    return html`${last_event && status !== 'completed' ? html`<p>${say.activity(last_event)}</p>` : nothing}
      ${
        rank < STATUS_RANK.submitted && link && offer && !confirming && !session.result_unavailable
          ? share(session, link, label, offer)
          : waiting
            ? html`<p>${waiting}</p>`
            : result
      }
      ${mayInviteAgain ? this.inviteView(mayInviteAgain, project_id, label, say.inviteAgain) : nothing}
      ${blocked.length ? html`<p>${say.blocked(blocked, label)}</p>` : nothing}`;
  }

  /** What the person is being invited to right now. */
  #pending(projectId: string): PendingInvite | undefined {
    return this.connection?.invites.pending({ candidate_email: this.email, project_id: projectId });
  }

  async #invite(type: string, projectId: string): Promise<void> {
    const { connection, epoch } = this;
    if (!connection || this.#pending(projectId)) return;
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
      this.#asked.add(pending);
      pending.waits = announce;
      const answer = await pending.answer;
      if (epoch !== this.epoch) return;
      if (answer) {
        const { session_uuid, status } = answer.session;
        this.#answered = session_uuid;
        if (isDead(status as SessionStatus)) {
          this.#stillEnded.add(session_uuid);
          announce(say.stillEnded);
        }
        tell(this, 'evalon-invited', answer);
      }
    } catch (cause) {
      if (epoch !== this.epoch) return;
      const problem = cause as WidgetProblem;
      this.#answered = problem.facts?.session?.session_uuid;
      this.#problems.set(key, problem);
      announce(say.problem(problem));
      this.tellProblem(problem);
    }
    this.requestUpdate();
  }

  /** From the button that is gone to what can be done next. */
  protected override get heir(): Element | null | undefined {
    const root = this.renderRoot;
    const place = root?.getElementById(`${this.#answered}`) ?? root;
    return place?.querySelector('[part=copy-button]') ?? place?.querySelector('[part=status]') ?? super.heir;
  }
}
