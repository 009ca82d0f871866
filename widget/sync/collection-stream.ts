/** The stream of a collection. The collection's `openStream` opens it. */
export interface CollectionStream {
  readonly isLive: boolean;
  markStale(): void;
  close(): void;
}

/** Used until the stream's code is loaded. */
export const NO_STREAM: CollectionStream = { isLive: false, markStale() {}, close() {} };
