/**
 * Records that the recruiter passed a candidate's link on, so that colleagues see it. Retries a failed request a few
 * times. Loads on demand, with the buttons that use it.
 */

import type { Handover } from '../../proxy/contract/session.ts';
import { sessionPath } from '../../proxy/contract/session-routes.ts';
import { toProblem } from '../api/errors.ts';
import { parseSession } from '../api/parse.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { LiveCollection } from './live-collection.ts';

const MAX_ATTEMPTS = 4;

/** The UUIDs of the sessions whose last handover could not be recorded. */
const failedHandovers = new WeakMap<LiveCollection, Set<string>>();

export function hasHandoverFailed(collection: LiveCollection, sessionUuid: string): boolean {
  return failedHandovers.get(collection)?.has(sessionUuid) ?? false;
}

export async function recordHandover(
  collection: LiveCollection,
  sessionUuid: string,
  handover: Handover,
): Promise<void> {
  const { client, clock, rightsGeneration } = collection;
  const failedUuids = failedHandovers.get(collection) ?? new Set();
  failedHandovers.set(collection, failedUuids);
  if (failedUuids.delete(sessionUuid)) collection.notifyListeners();
  const headers = { 'idempotency-key': createIdempotencyKey() };
  for (let attempt = 0; collection.rightsGeneration === rightsGeneration; attempt++) {
    try {
      const options = { body: handover, headers, keepalive: true };
      const session = await client.request(`${sessionPath(sessionUuid)}/handovers`, options, parseSession);
      if (collection.rightsGeneration === rightsGeneration) collection.applySession(session);
      return;
    } catch (cause) {
      const { status = 503, retryAfter } = toProblem(cause, 'unreachable').details;
      const isTemporary = status >= 500 || status === 429;
      if (!isTemporary || attempt + 1 === MAX_ATTEMPTS) {
        failedUuids.add(sessionUuid);
        return collection.notifyListeners();
      }
      await new Promise<void>((resolve) => {
        clock.setTimer(computeBackoff(attempt, clock, retryAfter), resolve);
      });
    }
  }
}

/** Identifies a handover, so that the proxy records it once even if a retry repeats the request. */
function createIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
