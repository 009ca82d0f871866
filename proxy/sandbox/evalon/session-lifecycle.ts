/**
 * Moves a simulated session from the invite to the result. One transaction stores each change with its webhooks. A
 * submission also stores the webhooks of scoring and completion, which are sent later, even after a restart.
 */
import { randomBytes } from 'node:crypto';
import { type SessionStatus, STATUS_RANK } from '../../contract/status.ts';
import type { Translator } from './dialects.ts';
import type { NetworkConditions } from './network-conditions.ts';
import { getSections } from './questions/bank.ts';
import { type Scorecard, type SectionAnswers, scoreAnswers } from './scoring.ts';
import type { SessionRepository, SimulatedSession } from './session-repository.ts';
import type { WebhookSender } from './webhook-sender.ts';

export type InviteRequest = Pick<
  SimulatedSession,
  'assessment_type' | 'candidate_email' | 'candidate_name' | 'project_id'
>;

export interface SessionLifecycleOptions {
  repository: SessionRepository;
  webhookSender: WebhookSender;
  network: NetworkConditions;
  clock: { now(): number };
  translator: Translator;
}

export interface WebhookEvent {
  event: string;
  session_uuid: string;
  [field: string]: unknown;
}

export class SessionLifecycle {
  readonly #options: SessionLifecycleOptions;

  constructor(options: SessionLifecycleOptions) {
    this.#options = options;
  }

  /** Returns a lifecycle of the same sessions under other network conditions. */
  withNetwork(network: NetworkConditions): SessionLifecycle {
    return new SessionLifecycle({ ...this.#options, network });
  }

  /** Returns the candidate's session in the project. Creates it if there is none. */
  invite(request: InviteRequest): SimulatedSession {
    const { repository, clock, translator } = this.#options;
    const existing = repository.getByCandidate(request.candidate_email, request.project_id);
    if (existing) return existing;
    const session: SimulatedSession = {
      ...request,
      session_uuid: translator.createSessionId(),
      link_token: randomBytes(24).toString('base64url'),
      created_at: new Date(clock.now()).toISOString(),
      status: 'invited',
      section: 0,
      section_started_at: null,
      answered_sections: '[]',
      scorecard: null,
      readable_at: null,
    };
    this.#commit(() => {
      repository.add(session);
      // Not through #enqueue: this webhook has no delay, no duplicate and no dialect.
      this.#options.webhookSender.enqueue(buildEvent(session, 'created'), clock.now());
    });
    return session;
  }

  open(session: SimulatedSession): SimulatedSession {
    return session.status === 'invited' ? this.#changeStatus(session, 'opened') : session;
  }

  start(session: SimulatedSession): SimulatedSession {
    if (STATUS_RANK[session.status] >= STATUS_RANK.started) return session;
    return this.#changeStatus({ ...session, section_started_at: this.#options.clock.now() }, 'started');
  }

  /** Ends the session without a result. */
  end(session: SimulatedSession, status: 'declined' | 'expired'): SimulatedSession {
    return isClosed(session) ? session : this.#changeStatus(session, status);
  }

  /**
   * Stores the current section's answers. The last section submits the session.
   * @param seconds default: the time since the section started.
   */
  submitSection(session: SimulatedSession, answers: Record<string, string>, seconds?: number): SimulatedSession {
    const now = this.#options.clock.now();
    const measuredSeconds = Math.max(1, Math.round((now - (session.section_started_at ?? now)) / 1_000));
    const answered: SectionAnswers[] = [
      ...(JSON.parse(session.answered_sections) as SectionAnswers[]),
      { answers, seconds: seconds ?? measuredSeconds },
    ];
    const next: SimulatedSession = {
      ...session,
      section: session.section + 1,
      section_started_at: now,
      answered_sections: JSON.stringify(answered),
    };
    if (next.section >= getSections(session.assessment_type).length) return this.#submit(next, answered);
    this.#options.repository.save(next);
    return next;
  }

  /** Submits the session to a human reviewer, so that the session stays in `scoring`. */
  submitForReview(session: SimulatedSession): SimulatedSession {
    return this.#changeStatus(this.#changeStatus(session, 'submitted'), 'scoring');
  }

  /** Completes the session at once with this scorecard, whatever the session's status. */
  complete(session: SimulatedSession, scorecard: Scorecard): SimulatedSession {
    const { repository, clock } = this.#options;
    const now = clock.now();
    const completed: SimulatedSession = {
      ...session,
      status: 'completed',
      scorecard: JSON.stringify(scorecard),
      readable_at: now,
    };
    this.#commit(() => {
      repository.save(completed);
      this.#enqueue(buildCompletedEvent(session, scorecard), now);
    });
    return completed;
  }

  #submit(session: SimulatedSession, answered: readonly SectionAnswers[]): SimulatedSession {
    const { repository, network, clock } = this.#options;
    const now = clock.now();
    const completedAt = now + network.scoringDelayMs();
    const { session_uuid, assessment_type, candidate_name } = session;
    const scorecard: Scorecard = {
      session_uuid,
      assessment_type,
      ...scoreAnswers(candidate_name, getSections(assessment_type), answered),
      completed_at: new Date(completedAt).toISOString(),
    };
    const submitted: SimulatedSession = {
      ...session,
      status: 'submitted',
      scorecard: JSON.stringify(scorecard),
      readable_at: completedAt + network.scorecardLagMs(),
    };
    this.#commit(() => {
      repository.save(submitted);
      this.#enqueue(buildEvent(submitted, 'submitted'), now);
      this.#enqueue(buildEvent(submitted, 'scoring'), (now + completedAt) / 2);
      this.#enqueue(buildCompletedEvent(session, scorecard), completedAt);
    });
    return submitted;
  }

  #changeStatus(session: SimulatedSession, status: SessionStatus): SimulatedSession {
    const changed = { ...session, status };
    this.#commit(() => {
      this.#options.repository.save(changed);
      this.#enqueue(buildEvent(changed, status), this.#options.clock.now());
    });
    return changed;
  }

  #enqueue(event: WebhookEvent, sendAt: number): void {
    const { network, webhookSender, translator } = this.#options;
    const body = translator.translateWebhook(event);
    for (const delayMs of network.deliveryDelaysMs()) webhookSender.enqueue(body, Math.round(sendAt + delayMs));
  }

  #commit(change: () => void): void {
    this.#options.repository.transaction(change);
    this.#options.webhookSender.sendDue();
  }
}

/** Whether the candidate can no longer answer: the session was submitted or has ended. */
export function isClosed(session: SimulatedSession): boolean {
  return STATUS_RANK[session.status] >= STATUS_RANK.submitted;
}

function buildEvent({ session_uuid, assessment_type }: SimulatedSession, event: string): WebhookEvent {
  return { event: `session.${event}`, session_uuid, assessment_type };
}

export function buildCompletedEvent(session: SimulatedSession, scorecard: Scorecard): WebhookEvent {
  const { overall, completed_at } = scorecard;
  const sections = scorecard.sections.map(({ name, score, max_score }) => ({ name, score, max_score }));
  return { ...buildEvent(session, 'completed'), score_summary: { overall, sections }, completed_at };
}
