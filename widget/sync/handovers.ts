/**
 * Records that the recruiter passed a candidate's link on, so that colleagues see it. Retries a failed request a few
 * times. Loads with the buttons that need it.
 */
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Handover } from '../../proxy/contract/session.ts';
import { toProblem } from '../api/errors.ts';
import { parseSession } from '../api/parse.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { LiveCollection } from './live-collection.ts';

const MAX_ATTEMPTS = 4;

/** The sessions whose last handover could not be recorded. */
const failedSessions = new WeakMap<LiveCollection, Set<string>>();

export function hasHandoverFailed(collection: LiveCollection, sessionUuid: string): boolean {
  return failedSessions.get(collection)?.has(sessionUuid) ?? false;
}

export async function recordHandover(
  collection: LiveCollection,
  sessionUuid: string,
  handover: Handover,
): Promise<void> {
  const { client, clock, rightsGeneration } = collection;
  const failed = failedSessions.get(collection) ?? new Set();
  failedSessions.set(collection, failed);
  if (failed.delete(sessionUuid)) collection.notifyListeners();
  const headers = { 'idempotency-key': createKey() };
  for (let attempt = 0; collection.rightsGeneration === rightsGeneration; attempt++) {
    try {
      const options = { body: handover, headers, keepalive: true };
      const session = await client.request(ROUTES.handoversPath(sessionUuid), options, parseSession);
      if (collection.rightsGeneration === rightsGeneration) collection.receiveSession(session);
      return;
    } catch (cause) {
      const { status = 503, retryAfter } = toProblem(cause, 'unreachable').details;
      const isTemporary = status >= 500 || status === 429;
      if (!isTemporary || attempt + 1 === MAX_ATTEMPTS) {
        failed.add(sessionUuid);
        return collection.notifyListeners();
      }
      await new Promise<void>((resolve) => {
        clock.setTimer(computeBackoff(attempt, clock, retryAfter), resolve);
      });
    }
  }
}

/** The proxy stores requests with the same key once. */
function createKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
