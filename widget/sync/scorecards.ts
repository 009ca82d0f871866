/**
 * Scorecards read so far, each asked for once; a corrected result is read again while the old one stays in sight, and
 * one that could not be read is tried again, as long as somebody looks.
 */

import type { WidgetProblem } from '../api/errors.ts';
import type { Scorecard } from '../api/parse.ts';
import { scheduleRetry } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';

export interface CachedScorecard {
  scorecard?: Scorecard | undefined;
  problem?: WidgetProblem | undefined;
  /** `updated_at` of the session that it was read for; undefined once it should be read again. */
  version: string | undefined;
  failureCount: number;
}

export class ScorecardCache {
  readonly #entries = new Map<string, CachedScorecard>();
  readonly #fetchScorecard: (sessionUuid: string) => Promise<Scorecard>;
  readonly #onChange: () => void;
  readonly #clock: Clock;

  constructor(read: (sessionUuid: string) => Promise<Scorecard>, changed: () => void, clock: Clock) {
    this.#fetchScorecard = read;
    this.#onChange = changed;
    this.#clock = clock;
  }

  /** What is known of a scorecard; starts reading it when nothing is, or when the session has changed since. */
  get(sessionUuid: string, version = ''): CachedScorecard {
    const held = this.#entries.get(sessionUuid);
    if (held?.version === version) return held;
    const next: CachedScorecard = { failureCount: 0, ...held, version };
    const isHeld = () => this.#entries.get(sessionUuid) === next;
    this.#entries.set(sessionUuid, next);
    this.#fetchScorecard(sessionUuid)
      .then(
        (card) => {
          next.scorecard = card;
          next.problem = undefined;
        },
        (problem: WidgetProblem) => {
          next.problem = problem;
          if (problem.details.retryAfter) {
            import('../components/invite-retry.ts').then(
              ({ attachRetryView }) => attachRetryView(problem, this.#onChange),
              () => {},
            );
          }
          scheduleRetry(problem, next.failureCount++, this.#clock, () => isHeld() && this.retry(sessionUuid));
        },
      )
      .then(() => isHeld() && this.#onChange());
    return next;
  }

  /** Has one read again by the next look; what is shown stays until then. */
  retry(sessionUuid: string): void {
    const held = this.#entries.get(sessionUuid);
    if (held) held.version = undefined;
    this.#onChange();
  }

  /** Drops one whose session is gone. */
  remove(sessionUuid: string): void {
    this.#entries.delete(sessionUuid);
    this.#onChange();
  }
}
