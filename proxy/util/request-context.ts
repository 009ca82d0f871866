/** One id for all that a request sets off: it comes from the browser, stands in every log line between, and goes to Evalon. */
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string | undefined>();

/** Runs `run`, and whatever it sets off, under this id; under none where it is undefined. */
export function withRequestId<T>(id: string | undefined, run: () => T): T {
  return current.run(id, run);
}

/** The id of the request that is being served; undefined in work that no single request set off. */
export function getRequestId(): string | undefined {
  return current.getStore();
}
