/**
 * A simulated session's life, from the request to the result. Each change and the webhooks that report it are stored in one
 * transaction; what lies ahead at submission (scoring, completion) is stored too, so that a restart continues where it was.
 */
import { randomBytes } from 'node:crypto';
import { type SessionStatus, STATUS_RANK } from '../../contract/status.ts';
import { IDEAL_NETWORK, type NetworkConditions } from './network-conditions.ts';
import type { Outbox } from './outbox.ts';
import { getSections } from './questions/bank.ts';
import { type AssessmentResult, type SectionAnswers, scoreAnswers } from './scoring.ts';
import type { SessionRepository, SimulatedSession } from './session-repository.ts';
import type { WebhookSender } from './webhook-sender.ts';

export interface InviteRequest {
  readonly assessment_type: string;
  readonly candidate_email: string;
  readonly candidate_name: string;
  readonly project_id: string;
}

export interface SessionLifecycleOptions {
  repository: SessionRepository;
  outbox: Outbox;
  webhookSender: WebhookSender;
  clock: { now(): number };
}

/** Past this stage a session has answers or an end, and its link opens nothing any more. */
const OVER = STATUS_RANK.submitted;

export class SessionLifecycle {
  readonly #options: SessionLifecycleOptions;

  constructor(options: SessionLifecycleOptions) {
    this.#options = options;
  }

  /** The session of this person in this project, made when there is none yet. */
  invite(person: InviteRequest): SimulatedSession {
    const { repository: register, clock } = this.#options;
    const existing = register.getByCandidate(person.candidate_email, person.project_id);
    if (existing) return existing;
    const sitting: SimulatedSession = {
      ...person,
      session_uuid: `sess_${randomBytes(9).toString('base64url')}`,
      secret: randomBytes(24).toString('base64url'),
      created_at: new Date(clock.now()).toISOString(),
      status: 'invited',
      section: 0,
      section_began_at: null,
      sections_done: '[]',
      scorecard: null,
      readable_at: null,
    };
    this.#commit(() => {
      register.add(sitting);
      this.#enqueueWebhooks(sitting, 'created', IDEAL_NETWORK);
    });
    return sitting;
  }

  open(sitting: SimulatedSession, fate: NetworkConditions): SimulatedSession {
    return sitting.status === 'invited' ? this.#changeStatus(sitting, 'opened', fate) : sitting;
  }

  start(sitting: SimulatedSession, fate: NetworkConditions): SimulatedSession {
    const begun = { ...sitting, section_began_at: this.#options.clock.now() };
    return STATUS_RANK[sitting.status] < STATUS_RANK.started ? this.#changeStatus(begun, 'started', fate) : sitting;
  }

  /** An end without a result. */
  end(sitting: SimulatedSession, status: 'declined' | 'expired', fate: NetworkConditions): SimulatedSession {
    return STATUS_RANK[sitting.status] < OVER ? this.#changeStatus(sitting, status, fate) : sitting;
  }

  /** Takes the current section's answers; the last section submits. `seconds` only where they were not measured here. */
  submitSection(
    sitting: SimulatedSession,
    answers: Record<string, string>,
    fate: NetworkConditions,
    seconds?: number,
  ): SimulatedSession {
    const now = this.#options.clock.now();
    const measured = Math.max(1, Math.round((now - (sitting.section_began_at ?? now)) / 1_000));
    const done: SectionAnswers[] = [...sectionsDone(sitting), { answers, seconds: seconds ?? measured }];
    const next: SimulatedSession = {
      ...sitting,
      section: sitting.section + 1,
      section_began_at: now,
      sections_done: JSON.stringify(done),
    };
    if (next.section >= getSections(sitting.assessment_type).length) return this.#submit(next, done, fate);
    this.#options.repository.save(next);
    return next;
  }

  /** Handed in and looked at by a person: it stays so until somebody decides. */
  submitForReview(sitting: SimulatedSession, fate: NetworkConditions): SimulatedSession {
    const submitted = this.#changeStatus(sitting, 'submitted', fate);
    return this.#changeStatus(submitted, 'scoring', fate);
  }

  #submit(sitting: SimulatedSession, done: readonly SectionAnswers[], fate: NetworkConditions): SimulatedSession {
    const { repository: register, clock } = this.#options;
    const completedAt = clock.now() + fate.scoringDelayMs();
    const completed_at = new Date(completedAt).toISOString();
    const result = scoreAnswers(sitting.candidate_name, getSections(sitting.assessment_type), done);
    const { session_uuid, assessment_type } = sitting;
    const submitted: SimulatedSession = {
      ...sitting,
      status: 'submitted',
      scorecard: JSON.stringify({ session_uuid, assessment_type, ...result, completed_at }),
      readable_at: completedAt + fate.scorecardLagMs(),
    };
    this.#commit(() => {
      register.save(submitted);
      this.#enqueueWebhooks(submitted, 'submitted', fate);
      this.#enqueueWebhooks(submitted, 'scoring', fate, { at: (clock.now() + completedAt) / 2 });
      this.#enqueueWebhooks(submitted, 'completed', fate, {
        at: completedAt,
        facts: { score_summary: summary(result), completed_at },
      });
    });
    return submitted;
  }

  #changeStatus(sitting: SimulatedSession, status: SessionStatus, fate: NetworkConditions): SimulatedSession {
    const moved = { ...sitting, status };
    this.#commit(() => {
      this.#options.repository.save(moved);
      this.#enqueueWebhooks(moved, status, fate);
    });
    return moved;
  }

  #enqueueWebhooks(
    sitting: SimulatedSession,
    event: string,
    fate: NetworkConditions,
    { at = this.#options.clock.now(), facts = {} } = {},
  ): void {
    const { session_uuid, assessment_type } = sitting;
    const body = JSON.stringify({ event: `session.${event}`, session_uuid, assessment_type, ...facts });
    for (const delay of fate.deliveryDelaysMs()) this.#options.outbox.add(body, Math.round(at + delay));
  }

  #commit(change: () => void): void {
    this.#options.repository.transaction(change);
    this.#options.webhookSender.sendDue();
  }
}

export function isClosed(sitting: SimulatedSession): boolean {
  return STATUS_RANK[sitting.status] >= OVER;
}

function sectionsDone(sitting: SimulatedSession): SectionAnswers[] {
  return JSON.parse(sitting.sections_done) as SectionAnswers[];
}

function summary({ overall, sections }: AssessmentResult) {
  return { overall, sections: sections.map(({ name, score, max_score }) => ({ name, score, max_score })) };
}
