/**
 * A simulated session's life, from the request to the result. Each change and the webhooks that report it are stored in one
 * transaction; what lies ahead at submission (scoring, completion) is stored too, so that a restart continues where it was.
 */
import { randomBytes } from 'node:crypto';
import { type SessionStatus, STATUS_RANK } from '../../contract/status.ts';
import { type Fate, PROMPT } from './network-conditions.ts';
import type { Outbox } from './outbox.ts';
import { sectionsOf } from './questions/bank.ts';
import { markAnswers, type Result, type SectionDone } from './scoring.ts';
import type { Register, Sitting } from './session-repository.ts';
import type { Courier } from './webhook-sender.ts';

export interface Person {
  readonly assessment_type: string;
  readonly candidate_email: string;
  readonly candidate_name: string;
  readonly project_id: string;
}

export interface LifeOptions {
  register: Register;
  outbox: Outbox;
  courier: Courier;
  clock: { now(): number };
}

/** Past this stage a session has answers or an end, and its link opens nothing any more. */
const OVER = STATUS_RANK.submitted;

export class Life {
  readonly #options: LifeOptions;

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /** The session of this person in this project, made when there is none yet. */
  invite(person: Person): Sitting {
    const { register, clock } = this.#options;
    const existing = register.byPerson(person.candidate_email, person.project_id);
    if (existing) return existing;
    const sitting: Sitting = {
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
    this.#together(() => {
      register.add(sitting);
      this.#report(sitting, 'created', PROMPT);
    });
    return sitting;
  }

  open(sitting: Sitting, fate: Fate): Sitting {
    return sitting.status === 'invited' ? this.#move(sitting, 'opened', fate) : sitting;
  }

  start(sitting: Sitting, fate: Fate): Sitting {
    const begun = { ...sitting, section_began_at: this.#options.clock.now() };
    return STATUS_RANK[sitting.status] < STATUS_RANK.started ? this.#move(begun, 'started', fate) : sitting;
  }

  /** An end without a result. */
  end(sitting: Sitting, status: 'declined' | 'expired', fate: Fate): Sitting {
    return STATUS_RANK[sitting.status] < OVER ? this.#move(sitting, status, fate) : sitting;
  }

  /** Takes the current section's answers; the last section submits. `seconds` only where they were not measured here. */
  answer(sitting: Sitting, answers: Record<string, string>, fate: Fate, seconds?: number): Sitting {
    const now = this.#options.clock.now();
    const measured = Math.max(1, Math.round((now - (sitting.section_began_at ?? now)) / 1_000));
    const done: SectionDone[] = [...sectionsDone(sitting), { answers, seconds: seconds ?? measured }];
    const next: Sitting = {
      ...sitting,
      section: sitting.section + 1,
      section_began_at: now,
      sections_done: JSON.stringify(done),
    };
    if (next.section >= sectionsOf(sitting.assessment_type).length) return this.#submit(next, done, fate);
    this.#options.register.save(next);
    return next;
  }

  /** Handed in and looked at by a person: it stays so until somebody decides. */
  review(sitting: Sitting, fate: Fate): Sitting {
    const submitted = this.#move(sitting, 'submitted', fate);
    return this.#move(submitted, 'scoring', fate);
  }

  #submit(sitting: Sitting, done: readonly SectionDone[], fate: Fate): Sitting {
    const { register, clock } = this.#options;
    const completedAt = clock.now() + fate.scoring();
    const completed_at = new Date(completedAt).toISOString();
    const result = markAnswers(sitting.candidate_name, sectionsOf(sitting.assessment_type), done);
    const { session_uuid, assessment_type } = sitting;
    const submitted: Sitting = {
      ...sitting,
      status: 'submitted',
      scorecard: JSON.stringify({ session_uuid, assessment_type, ...result, completed_at }),
      readable_at: completedAt + fate.scorecardLag(),
    };
    this.#together(() => {
      register.save(submitted);
      this.#report(submitted, 'submitted', fate);
      this.#report(submitted, 'scoring', fate, { at: (clock.now() + completedAt) / 2 });
      this.#report(submitted, 'completed', fate, {
        at: completedAt,
        facts: { score_summary: summary(result), completed_at },
      });
    });
    return submitted;
  }

  #move(sitting: Sitting, status: SessionStatus, fate: Fate): Sitting {
    const moved = { ...sitting, status };
    this.#together(() => {
      this.#options.register.save(moved);
      this.#report(moved, status, fate);
    });
    return moved;
  }

  #report(sitting: Sitting, event: string, fate: Fate, { at = this.#options.clock.now(), facts = {} } = {}): void {
    const { session_uuid, assessment_type } = sitting;
    const body = JSON.stringify({ event: `session.${event}`, session_uuid, assessment_type, ...facts });
    for (const delay of fate.copies()) this.#options.outbox.add(body, Math.round(at + delay));
  }

  #together(change: () => void): void {
    this.#options.register.together(change);
    this.#options.courier.wake();
  }
}

export function isOver(sitting: Sitting): boolean {
  return STATUS_RANK[sitting.status] >= OVER;
}

function sectionsDone(sitting: Sitting): SectionDone[] {
  return JSON.parse(sitting.sections_done) as SectionDone[];
}

function summary({ overall, sections }: Result) {
  return { overall, sections: sections.map(({ name, score, max_score }) => ({ name, score, max_score })) };
}
