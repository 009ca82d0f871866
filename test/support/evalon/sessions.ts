/** What this Evalon remembers: one session for each email and project, whatever type is asked for later. */
import { randomBytes } from 'node:crypto';
import type { Webhook } from '../evalon.ts';

export interface EvalonSession {
  session_uuid: string;
  assessment_type: string;
  candidate_email: string;
  candidate_name: string;
  project_id: string;
  status: 'open' | 'completed';
  /** The last part of the candidate's link. */
  take: string;
}

interface EvalonQuestion {
  prompt: string;
  score: number;
  max_score?: number;
  feedback?: string;
  time_seconds?: number;
}

export interface EvalonScorecard {
  session_uuid: string;
  assessment_type: string;
  overall: number;
  sections: { name: string; score: number; max_score?: number; questions?: EvalonQuestion[] }[];
  narrative_summary: string;
  completed_at: string;
}

export class SessionStore {
  readonly #byUuid = new Map<string, EvalonSession>();
  readonly #byPerson = new Map<string, EvalonSession>();
  readonly #scorecards = new Map<string, EvalonScorecard>();

  get size(): number {
    return this.#byUuid.size;
  }

  /** Email and project are compared letter by letter: Evalon does not promise more. */
  find(email: string, project: string): EvalonSession | undefined {
    return this.#byPerson.get(JSON.stringify([email, project]));
  }

  get(sessionUuid: string): EvalonSession | undefined {
    return this.#byUuid.get(sessionUuid);
  }

  findByLinkToken(take: string): EvalonSession | undefined {
    return [...this.#byUuid.values()].find((session) => session.take === take);
  }

  /** Idempotent on email and project. */
  create(wanted: Omit<EvalonSession, 'session_uuid' | 'status' | 'take'>): {
    session: EvalonSession;
    created: boolean;
  } {
    const { assessment_type, candidate_email, candidate_name, project_id } = wanted;
    const held = this.find(candidate_email, project_id);
    if (held) return { session: held, created: false };
    const session: EvalonSession = {
      session_uuid: `sess_${randomBytes(6).toString('hex')}`,
      assessment_type,
      candidate_email,
      candidate_name,
      project_id,
      status: 'open',
      take: randomBytes(9).toString('base64url'),
    };
    this.#byUuid.set(session.session_uuid, session);
    this.#byPerson.set(JSON.stringify([candidate_email, project_id]), session);
    return { session, created: true };
  }

  getScorecard(sessionUuid: string): EvalonScorecard | undefined {
    return this.#scorecards.get(sessionUuid);
  }

  /** Finishes a session and answers the webhook that tells so. */
  complete(sessionUuid: string, changes: Partial<EvalonScorecard>): Webhook {
    const session = this.#byUuid.get(sessionUuid);
    if (!session) throw new Error(`there is no session ${sessionUuid}`);
    const scorecard = { ...sampleScorecard(session), ...changes };
    session.status = 'completed';
    this.#scorecards.set(sessionUuid, scorecard);
    return {
      event: 'session.completed',
      session_uuid: sessionUuid,
      assessment_type: session.assessment_type,
      score_summary: {
        overall: scorecard.overall,
        sections: scorecard.sections.map(({ name, score }) => ({ name, score })),
      },
      completed_at: scorecard.completed_at,
    };
  }
}

function sampleScorecard({ session_uuid, assessment_type, candidate_name }: EvalonSession): EvalonScorecard {
  return {
    session_uuid,
    assessment_type,
    overall: 82,
    sections: [
      {
        name: 'Campaign planning',
        score: 88,
        questions: [
          { prompt: 'Plan a launch with half the budget', score: 9, max_score: 10, feedback: 'Clear priorities.' },
          { prompt: 'Which channel would you drop first?', score: 8, max_score: 10, time_seconds: 94 },
        ],
      },
      {
        name: 'Reading numbers',
        score: 76,
        questions: [{ prompt: 'What does this funnel say?', score: 76, feedback: 'Missed the seasonal effect.' }],
      },
    ],
    narrative_summary: `${candidate_name} plans well and explains trade-offs in plain words.`,
    completed_at: '2026-01-15T14:30:00Z',
  };
}
