import type { Clock } from './clock.ts';

/** @throws a `PageConflictError` if `AbortController` is missing, or replaced by a class that `fetch` refuses. */
export function createAbortController(): AbortController {
  try {
    const controller = new AbortController();
    new Request('https://a.invalid', { signal: controller.signal });
    return controller;
  } catch {
    throw new DOMException('', 'PageConflictError');
  }
}

/**
 * Runs `work`, and rejects with a `TimeoutError` after `ms`. Passes `work` a signal, which aborts on the timeout
 * or when `callerSignal` aborts. `callerSignal` works even after `work` is done, so that the caller can close a stream.
 */
export function withTimeout<T>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  callerSignal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = createAbortController();
    const abort = (reason: unknown) => {
      reject(reason);
      controller.abort(reason);
    };
    const cancelTimeout = clock.setTimer(ms, () => abort(new DOMException('', 'TimeoutError')));
    callerSignal?.addEventListener('abort', () => abort(callerSignal.reason), { once: true });
    if (callerSignal?.aborted) abort(callerSignal.reason);
    work(controller.signal).then(resolve, reject).finally(cancelTimeout);
  });
}

/** Recognizes the errors of `withTimeout` and of `AbortSignal.timeout()`. */
export function isTimeout(error: unknown): boolean {
  return isNamed(error, 'TimeoutError');
}

/** Recognizes the error of `createAbortController`. */
export function isPageConflict(error: unknown): boolean {
  return isNamed(error, 'PageConflictError');
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
