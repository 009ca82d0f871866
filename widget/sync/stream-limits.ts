/** Limits of a stream. The connection needs them before it loads the stream's code. */

/** The proxy accepts no more candidates in a stream. */
export const MAX_STREAM_CANDIDATES = 2_000;
/** A scrolled list changes its candidates all the time: replace the stream at most this often. */
export const MIN_REOPEN_MS = 1_000;
