/**
 * Stores the tokens of the signed-in recruiter for all tabs of this origin. Only IndexedDB can store a private key that
 * cannot be exported. If the browser blocks IndexedDB, the sign-in lasts as long as the page.
 */
import { WidgetProblem } from '../api/errors.ts';
import { systemClock } from '../util/clock.ts';
import { acquireLock } from '../util/web-lock.ts';
import { isTimeout, withTimeout } from '../util/with-timeout.ts';
import type { PendingSignIn, StoredTokens, TokenStore } from './sso-client.ts';

const DATABASE = 'evalon-widget';
const OBJECT_STORE = 'sign-in';
/** A browser normally opens a database at once. */
const DATABASE_TIMEOUT_MS = 3_000;
/** A tab holds the lock for no more than two requests of 20 s each. */
const LOCK_TIMEOUT_MS = 45_000;

/** @param proxyUrl identifies the tokens, because a page may use several proxies. */
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
      const release = await acquireOrWait(`evalon-sign-in ${proxyUrl}`);
      try {
        return await task();
      } finally {
        release?.();
      }
    },
  };
}

/** Keeps a sign-in while the browser is at the identity provider. Rejects if the browser blocks IndexedDB. */
export function createPendingStore(proxyUrl: string) {
  const key = `pending ${proxyUrl}`;
  return {
    read: () => runRequest<PendingSignIn | undefined>('readonly', (store) => store.get(key)),
    write: (pending: PendingSignIn | undefined) =>
      runRequest('readwrite', (store) => (pending ? store.put(pending, key) : store.delete(key))),
  };
}

/** Returns undefined if the browser has no locks, or they do not respond: the task then runs without a lock. */
async function acquireOrWait(name: string): Promise<(() => void) | undefined> {
  if (!navigator.locks) return undefined;
  try {
    // First requests the lock without waiting, to detect a browser that does not respond.
    const release = await acquireLock(name, { ifAvailable: true }, systemClock);
    if (release) return release;
  } catch (error) {
    if (isTimeout(error)) return undefined;
    throw error;
  }
  return acquireLock(name, { signal: AbortSignal.timeout(LOCK_TIMEOUT_MS) }, systemClock).catch((cause: unknown) => {
    throw isTimeout(cause) ? new WidgetProblem('timeout', { cause }) : cause;
  });
}

function runRequest<T>(mode: IDBTransactionMode, start: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return withTimeout(systemClock, DATABASE_TIMEOUT_MS, () => runTransaction<T>(mode, start));
}

async function runTransaction<T>(mode: IDBTransactionMode, start: (store: IDBObjectStore) => IDBRequest): Promise<T> {
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
