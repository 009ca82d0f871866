/**
 * Stores the tokens of the signed-in recruiter for all tabs of this origin. Only IndexedDB can store a private key that
 * cannot be exported. If the browser blocks it, the sign-in lasts as long as the page.
 */
import { WidgetProblem } from '../api/errors.ts';
import { isTimeout } from '../util/with-timeout.ts';
import type { StoredTokens, TokenStore } from './sso-client.ts';

const DATABASE = 'evalon-widget';
const OBJECT_STORE = 'sign-in';
/** A tab holds the lock for two requests at most, of 20 s each. */
const LOCK_TIMEOUT_MS = 45_000;

/** @param proxyUrl a page may use several proxies. */
export function createTokenStore(proxyUrl: string): TokenStore {
  let inMemory: StoredTokens | undefined;
  return {
    async read() {
      return runRequest<StoredTokens | undefined>('readonly', (store) => store.get(proxyUrl)).catch(() => inMemory);
    },
    async write(tokens) {
      inMemory = tokens;
      await runRequest('readwrite', (store) => (tokens ? store.put(tokens, proxyUrl) : store.delete(proxyUrl))).catch(
        () => {},
      );
    },
    async withLock(task) {
      if (!navigator.locks) return task();
      const signal = AbortSignal.timeout(LOCK_TIMEOUT_MS);
      return navigator.locks.request(`evalon-sign-in ${proxyUrl}`, { signal }, task).catch((error: unknown) => {
        throw isTimeout(error) ? new WidgetProblem('timeout', { cause: error }) : error;
      });
    },
  };
}

async function runRequest<T>(mode: IDBTransactionMode, start: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(OBJECT_STORE);
  const database = await toPromise<IDBDatabase>(opening);
  try {
    const transaction = database.transaction(OBJECT_STORE, mode);
    const result = await toPromise<T>(start(transaction.objectStore(OBJECT_STORE)));
    transaction.commit?.();
    return result;
  } finally {
    database.close();
  }
}

function toPromise<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
