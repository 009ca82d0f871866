const WINDOW_MS = 60_000;

export interface RateLimiter {
  /** Returns 0 and counts the call, or the seconds until the next call is allowed. */
  acquire(): number;
}

/** A sliding window over the allowed calls. Refused calls do not count. */
export function createRateLimiter(ratePerMinute: number, clock: { now(): number }): RateLimiter {
  const allowedAt: number[] = [];
  return {
    acquire() {
      if (ratePerMinute === Number.POSITIVE_INFINITY) return 0;
      const now = clock.now();
      while (allowedAt[0] !== undefined && allowedAt[0] <= now - WINDOW_MS) allowedAt.shift();
      const [oldest] = allowedAt;
      if (oldest !== undefined && allowedAt.length >= ratePerMinute) {
        return Math.ceil((oldest + WINDOW_MS - now) / 1_000);
      }
      allowedAt.push(now);
      return 0;
    },
  };
}
