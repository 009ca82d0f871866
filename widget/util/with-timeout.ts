import type { Clock } from './clock.ts';

/** A script of the page has broken a feature of the browser. */
export class PageConflictError extends Error {}

/** @throws PageConflictError if `AbortController` is missing or replaced by one that `fetch` refuses. */
export function createAbortController(): AbortController {
  try {
    const controller = new AbortController();
    new Request('https://evalon.invalid', { signal: controller.signal });
    return controller;
  } catch (cause) {
    throw new PageConflictError('AbortController does not work', { cause });
  }
}

/**
 * Runs `work`, and rejects with a `TimeoutError` after `ms`. Passes `work` a signal that aborts on the timeout and when
 * `outer` aborts, even after `work` is done. So a stream can be closed after its headers have arrived.
 */
export function withTimeout<T>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = createAbortController();
    const abort = (reason: unknown) => {
      reject(reason);
      controller.abort(reason);
    };
    const cancelTimeout = clock.setTimer(ms, () => abort(new DOMException('no answer in time', 'TimeoutError')));
    outer?.addEventListener('abort', () => abort(outer.reason), { once: true });
    if (outer?.aborted) abort(outer.reason);
    work(controller.signal).then(resolve, reject).finally(cancelTimeout);
  });
}

/** Also for the error of `AbortSignal.timeout()`. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
