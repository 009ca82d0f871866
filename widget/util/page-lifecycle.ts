/** The life of a page, for those of its elements that hold a stream of their own. */

/** Who follows the page: in sight or not, and whether there is a network. */
export interface PageLifecycleListener {
  onVisibilityChange(inSight: boolean): void;
  retry(): void;
  onOffline(): void;
}

/** Tells of the page's life from now on; the answer ends that. */
export function observePageLifecycle(follower: PageLifecycleListener): () => void {
  const end = new AbortController();
  const { signal } = end;
  const turn = () => follower.onVisibilityChange(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', turn, { signal });
  addEventListener('pageshow', turn, { signal });
  addEventListener('pagehide', () => follower.onVisibilityChange(false), { signal });
  addEventListener('online', () => follower.retry(), { signal });
  addEventListener('offline', () => follower.onOffline(), { signal });
  turn();
  return () => end.abort();
}
