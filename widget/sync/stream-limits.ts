/** Limits of a stream. The connection needs them before it loads the stream's code. */

/** The proxy's limit. */
export const MAX_STREAM_CANDIDATES = 2_000;
/** The minimum time between two streams. Each change of candidates needs a new one, and scrolling changes them often. */
export const MIN_REOPEN_MS = 1_000;
