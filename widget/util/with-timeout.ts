/** Every wait of the widget ends: by its result, its deadline, or because nobody wants it any more. */

import { WidgetProblem } from '../api/errors.ts';
import type { Clock } from './clock.ts';

/**
 * Runs `work` and gives up after `ms`. The signal it gets also fires when `outer` does, even after the work is done,
 * so that a stream whose headers have come can still be closed.
 */
export function withTimeout<T>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const stop = (reason: unknown) => {
      reject(reason);
      controller.abort(reason);
    };
    const cancel = clock.setTimer(ms, () => stop(new WidgetProblem('timeout')));
    outer?.addEventListener('abort', () => stop(outer.reason), { once: true });
    if (outer?.aborted) stop(outer.reason);
    work(controller.signal).then(resolve, reject).finally(cancel);
  });
}
