/**
 * How an invite waits for an Evalon that has no room for it: it is sent again by itself, which is safe because it makes
 * nobody a second session, a few times and not for long, and never for a page that no longer shows the person.
 */

import type { InviteResult } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { formatWaitAnnouncement, renderRetryStatus, waitingForEvalon } from '../components/invite-retry.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import type { PendingInvite } from './invites.ts';

/** The first one included. */
const TRIES = 5;
/** Milliseconds after which nothing is sent any more. */
const LONGEST = 180_000;
/** Milliseconds between two looks at what is left. */
const TICK = 5_000;

/**
 * Answers what came of it, or undefined where it was given up.
 * @param problem why it was refused, with the seconds to wait.
 * @throws the last refusal
 */
export async function retryInvite(
  one: PendingInvite,
  problem: WidgetProblem,
  send: () => Promise<InviteResult>,
  changed: () => void,
  clock: Clock,
): Promise<InviteResult | undefined> {
  const end = clock.now() + LONGEST;
  const { signal } = one.abortController;
  for (let tries = 1; !signal.aborted; ) {
    const { retryAfter } = problem.details;
    // A machine that slept meanwhile is too late as well.
    const wait = retryAfter && retryAfter * 1000 + computeBackoff(0, clock);
    if (!wait || tries === TRIES || clock.now() + wait > end) throw problem;
    if (tries === 1) one.onWait?.(formatWaitAnnouncement(wait));
    const show = (left?: number) => {
      one.waitView = {
        text: left ? waitingForEvalon : '',
        beside: renderRetryStatus(() => one.abortController.abort(), left),
      };
      changed();
    };
    one.retryAt = clock.now() + wait;
    await until(one.retryAt, signal, show, clock);
    if (signal.aborted) return undefined;
    if (clock.now() > end) throw problem;
    show();
    tries += 1;
    try {
      return await send();
    } catch (refusal) {
      problem = refusal as WidgetProblem;
      if (!problem.details) throw problem;
    }
  }
  return undefined;
}

async function until(time: number, signal: AbortSignal, show: (left: number) => void, clock: Clock): Promise<void> {
  while (clock.now() < time && !signal.aborted) {
    show(time - clock.now());
    await new Promise<unknown>((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
      clock.setTimer(Math.min(time - clock.now(), TICK), () => resolve(undefined));
    });
  }
}
