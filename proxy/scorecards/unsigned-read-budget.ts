/**
 * Token bucket for reads of unsigned completions. Anyone who knows the webhook URL can claim thousands of completions,
 * and each false claim costs a call to Evalon. A read that finds no scorecard takes a token for a minute, and there are
 * ten tokens. A read that finds a scorecard is free.
 */
import type { Queries } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

const TOKENS = 10;
const REFILL_MS = 60_000;
/** Minimum time between two empty reads of one session. */
export const UNSIGNED_REREAD_MS = 120_000;
const ALERT_INTERVAL_MS = 60_000;

export interface Tokens {
  /** Reads that may start now. */
  free: number;
  /** Tokens that empty reads of the last minute have taken. */
  taken: number;
  /** Milliseconds until the next token is refilled. */
  refillMs: number;
}

export function createUnsignedReadBudget({ clock, log }: { clock: Clock; log: Log }) {
  let alertedAt = Number.NEGATIVE_INFINITY;

  return {
    /**
     * Counts the tokens. It derives them from `last_empty_read_at`, so a restart does not refill them.
     * @param runningReads number of reads in progress. Each may find nothing.
     */
    async readTokens({ sessions, dueClock }: Queries, runningReads: number): Promise<Tokens> {
      const emptyReads = await sessions.listEmptyReadTimes(dueClock.dueAt(-REFILL_MS), TOKENS);
      const oldest = emptyReads.at(-1);
      return {
        free: Math.max(TOKENS - emptyReads.length - runningReads, 0),
        taken: emptyReads.length,
        refillMs: oldest === undefined ? REFILL_MS : dueClock.msUntil(oldest) + REFILL_MS,
      };
    },

    /** Alerts that claims wait for tokens, no more than once a minute. */
    alertWaiting(waitingClaims: number): void {
      if (clock.monotonic() - alertedAt < ALERT_INTERVAL_MS) return;
      alertedAt = clock.monotonic();
      log.warn(
        { alert: 'unsigned_completions_wait', waiting: waitingClaims },
        'unsigned webhooks claimed completions that Evalon does not confirm, so other claims wait. Set EVALON_WEBHOOK_SECRET if Evalon can sign, or change EVALON_WEBHOOK_TOKEN',
      );
    },
  };
}
