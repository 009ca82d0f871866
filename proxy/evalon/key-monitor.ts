/** Decides whether Evalon refuses an API key or only one request. */

/** If this many different requests in a row get a 403, Evalon refuses the key. */
const MIN_FORBIDDEN_REQUESTS = 3;

export interface KeyMonitor {
  /**
   * Records a response and returns whether Evalon refuses the key. A 401 always means that Evalon refuses the
   * key. A 403 may concern one session, so a 403 counts only if several different requests in a row get one.
   * @param request identifies the request, so that a repeat counts once.
   */
  isKeyRefused(key: string, request: string, status: number): boolean;
}

export function createKeyMonitor(): KeyMonitor {
  const forbiddenByKey = new Map<string, Set<string>>();
  return {
    isKeyRefused(key, request, status) {
      if (status === 401) return true;
      if (status !== 403) {
        forbiddenByKey.delete(key);
        return false;
      }
      const forbidden = forbiddenByKey.get(key) ?? new Set();
      forbiddenByKey.set(key, forbidden);
      if (forbidden.size < MIN_FORBIDDEN_REQUESTS) forbidden.add(request);
      return forbidden.size >= MIN_FORBIDDEN_REQUESTS;
    },
  };
}
