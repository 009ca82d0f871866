/** Limits of a stream. The connection needs them before it loads the stream's code. */

/** The limit of the proxy. */
export const MAX_STREAM_CANDIDATES = 2_000;
/** Minimum time between two streams. Scrolling changes the candidates often, and each change needs a new stream. */
export const MIN_REOPEN_MS = 1_000;
