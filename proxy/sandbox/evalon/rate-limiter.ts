const MINUTE_MS = 60_000;

export interface RateLimiter {
  /** Counts an allowed call and returns 0. Otherwise, returns the seconds until the next call is allowed. */
  acquire(): number;
}

/** Limits calls with a sliding window. Refused calls do not count. */
export function createRateLimiter(callsPerWindow: number, clock: { now(): number }, windowMs = MINUTE_MS): RateLimiter {
  const allowedAt: number[] = [];
  return {
    acquire() {
      if (callsPerWindow === Number.POSITIVE_INFINITY) return 0;
      const now = clock.now();
      while (allowedAt[0] !== undefined && allowedAt[0] <= now - windowMs) allowedAt.shift();
      const [oldest] = allowedAt;
      if (oldest !== undefined && allowedAt.length >= callsPerWindow) {
        return Math.ceil((oldest + windowMs - now) / 1_000);
      }
      allowedAt.push(now);
      return 0;
    },
  };
}
