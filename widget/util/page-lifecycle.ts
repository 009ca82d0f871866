/** The life of a page, for those of its elements that hold a stream of their own. */

/** Who follows the page: in sight or not, and whether there is a network. */
export interface Follower {
  turn(inSight: boolean): void;
  retry(): void;
  lose(): void;
}

/** Tells of the page's life from now on; the answer ends that. */
export function followPage(follower: Follower): () => void {
  const end = new AbortController();
  const { signal } = end;
  const turn = () => follower.turn(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', turn, { signal });
  addEventListener('pageshow', turn, { signal });
  addEventListener('pagehide', () => follower.turn(false), { signal });
  addEventListener('online', () => follower.retry(), { signal });
  addEventListener('offline', () => follower.lose(), { signal });
  turn();
  return () => end.abort();
}
