/**
 * What a browser keeps of a recruiter who is signed in: in IndexedDB, the only place that takes a key which cannot be
 * read out, for all tabs of this origin. Where the browser keeps nothing for us, it lasts as long as the page.
 */
import type { StoredTokens, TokenStore } from './sso-client.ts';

const DATABASE = 'evalon-widget';
const STORE = 'sign-in';

/** @param name of the proxy: a page may have several. */
export function createTokenStore(name: string): TokenStore {
  let inMemory: StoredTokens | undefined;
  return {
    async read() {
      return run<StoredTokens | undefined>('readonly', (store) => store.get(name)).catch(() => inMemory);
    },
    async write(kept) {
      inMemory = kept;
      await run('readwrite', (store) => (kept ? store.put(kept, name) : store.delete(name))).catch(() => {});
    },
    withLock: (work) => (navigator.locks ? navigator.locks.request(`evalon-sign-in ${name}`, work) : work()),
  };
}

async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled<IDBDatabase>(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const answer = await settled<T>(ask(transaction.objectStore(STORE)));
    transaction.commit?.();
    return answer;
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
