/** Scorecards read so far, each asked for once; a corrected result is read again while the old one stays in sight. */
import type { Result } from './answers.ts';
import type { WidgetProblem } from './problem.ts';

export interface HeldScorecard {
  card?: Result | undefined;
  problem?: WidgetProblem | undefined;
  /** `updated_at` of the session that it was read for. */
  version: string;
}

export class Scorecards {
  readonly #held = new Map<string, HeldScorecard>();
  readonly #read: (sessionUuid: string) => Promise<Result>;
  readonly #changed: () => void;

  constructor(read: (sessionUuid: string) => Promise<Result>, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  /** What is known of a scorecard; starts reading it when nothing is, or when the session has changed since. */
  of(sessionUuid: string, version = ''): HeldScorecard {
    const held = this.#held.get(sessionUuid);
    if (held?.version === version) return held;
    const next: HeldScorecard = { card: held?.card, version };
    this.#held.set(sessionUuid, next);
    this.#read(sessionUuid)
      .then(
        (card) => {
          next.card = card;
        },
        (problem: WidgetProblem) => {
          next.problem = problem;
        },
      )
      .then(() => {
        if (this.#held.get(sessionUuid) === next) this.#changed();
      });
    return next;
  }

  /** Forgets one, so that the next look reads it again. */
  retry(sessionUuid: string): void {
    this.#held.delete(sessionUuid);
    this.#changed();
  }

  clear(): void {
    this.#held.clear();
  }
}
