/** The id of the current request. Every log line and every call to Evalon for the request contains it. */
import { AsyncLocalStorage } from 'node:async_hooks';

const requestId = new AsyncLocalStorage<string | undefined>();

/** Runs `run` and everything it starts with this request id, or with none. */
export function withRequestId<T>(id: string | undefined, run: () => T): T {
  return requestId.run(id, run);
}

/** Returns undefined in work that no single request started. */
export function getRequestId(): string | undefined {
  return requestId.getStore();
}
