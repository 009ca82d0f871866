/** Caches scorecards. Reads a scorecard again only if the session has changed or the last read failed. */
import type { WidgetProblem } from '../api/errors.ts';
import type { Scorecard } from '../api/parse.ts';
import { scheduleRetry } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';

export interface CachedScorecard {
  /** The last version that was read; kept while a newer version loads. */
  scorecard?: Scorecard | undefined;
  problem?: WidgetProblem | undefined;
  /** `updated_at` of the session that the scorecard was read for; undefined if the scorecard must be reread. */
  version: string | undefined;
  failureCount: number;
}

export class ScorecardCache {
  readonly #entries = new Map<string, CachedScorecard>();
  readonly #fetchScorecard: (sessionUuid: string) => Promise<Scorecard>;
  readonly #onChange: () => void;
  readonly #clock: Clock;

  constructor(fetchScorecard: (sessionUuid: string) => Promise<Scorecard>, onChange: () => void, clock: Clock) {
    this.#fetchScorecard = fetchScorecard;
    this.#onChange = onChange;
    this.#clock = clock;
  }

  /** Returns the cached scorecard. Fetches it if it is missing, or if the session has another version. */
  get(sessionUuid: string, version = ''): CachedScorecard {
    const cached = this.#entries.get(sessionUuid);
    if (cached?.version === version) return cached;
    const entry: CachedScorecard = { failureCount: 0, ...cached, version };
    this.#entries.set(sessionUuid, entry);
    void this.#load(sessionUuid, entry);
    return entry;
  }

  /** Makes the next `get` reread the scorecard. */
  retry(sessionUuid: string): void {
    const cached = this.#entries.get(sessionUuid);
    if (cached) cached.version = undefined;
    this.#onChange();
  }

  remove(sessionUuid: string): void {
    this.#entries.delete(sessionUuid);
    this.#onChange();
  }

  async #load(sessionUuid: string, entry: CachedScorecard): Promise<void> {
    const isCurrent = () => this.#entries.get(sessionUuid) === entry;
    try {
      entry.scorecard = await this.#fetchScorecard(sessionUuid);
      entry.problem = undefined;
    } catch (cause) {
      const problem = cause as WidgetProblem;
      entry.problem = problem;
      const retry = () => isCurrent() && this.retry(sessionUuid);
      scheduleRetry(problem.details, entry.failureCount++, this.#clock, retry);
    }
    if (isCurrent()) this.#onChange();
  }
}
