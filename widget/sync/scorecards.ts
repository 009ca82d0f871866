/**
 * Scorecards read so far, each asked for once; a corrected result is read again while the old one stays in sight, and
 * one that could not be read is tried again, as long as somebody looks.
 */

import type { WidgetProblem } from '../api/errors.ts';
import type { Result } from '../api/parse.ts';
import { tryAgain } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';

export interface HeldScorecard {
  card?: Result | undefined;
  problem?: WidgetProblem | undefined;
  /** `updated_at` of the session that it was read for; undefined once it should be read again. */
  version: string | undefined;
  failures: number;
}

export class Scorecards {
  readonly #held = new Map<string, HeldScorecard>();
  readonly #read: (sessionUuid: string) => Promise<Result>;
  readonly #changed: () => void;
  readonly #clock: Clock;

  constructor(read: (sessionUuid: string) => Promise<Result>, changed: () => void, clock: Clock) {
    this.#read = read;
    this.#changed = changed;
    this.#clock = clock;
  }

  /** What is known of a scorecard; starts reading it when nothing is, or when the session has changed since. */
  of(sessionUuid: string, version = ''): HeldScorecard {
    const held = this.#held.get(sessionUuid);
    if (held?.version === version) return held;
    const next: HeldScorecard = { failures: 0, ...held, version };
    const isHeld = () => this.#held.get(sessionUuid) === next;
    this.#held.set(sessionUuid, next);
    this.#read(sessionUuid)
      .then(
        (card) => {
          next.card = card;
          next.problem = undefined;
        },
        (problem: WidgetProblem) => {
          next.problem = problem;
          if (problem.facts.retryAfter) {
            import('../components/invite-retry.ts').then(
              ({ dress }) => dress(problem, this.#changed),
              () => {},
            );
          }
          tryAgain(problem, next.failures++, this.#clock, () => isHeld() && this.retry(sessionUuid));
        },
      )
      .then(() => isHeld() && this.#changed());
    return next;
  }

  /** Has one read again by the next look; what is shown stays until then. */
  retry(sessionUuid: string): void {
    const held = this.#held.get(sessionUuid);
    if (held) held.version = undefined;
    this.#changed();
  }

  /** Drops one whose session is gone. */
  forget(sessionUuid: string): void {
    this.#held.delete(sessionUuid);
    this.#changed();
  }
}
