/** Limits of a stream that its users need before its code is loaded. */

/** The proxy accepts no more candidates in a stream. */
export const MAX_STREAM_CANDIDATES = 2_000;
/** A scrolled list changes its candidates all the time: replace the stream at most this often. */
export const MIN_REOPEN_MS = 1_000;
