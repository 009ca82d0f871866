/** Reads the stream of all candidates after a kill run, to compare it with what the clients received. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRecruiterClient, type SseFrame } from '../api-client.ts';
import { waitFor } from '../eventually.ts';
import type { LoadGenerator } from './load.ts';

const REPLAY_DEADLINE_MS = 60_000;
/** The longest time for the remaining work after the last kill. */
const FINISH_DEADLINE_MS = 30 * 60_000;

/** Waits until no work is left, and returns all frames that the proxy at `url` replays. */
export async function readWholeLog(
  url: string,
  { sessions, batches }: LoadGenerator,
  { candidates, cursor }: { candidates: { candidate_email: string }[]; cursor: string },
): Promise<SseFrame[]> {
  return waitFor(
    async () => {
      const client = await createRecruiterClient(url);
      const stored = await Promise.all(batches.map(({ batchId }) => client.get(`/v1/batches/${batchId}`)));
      if (!stored.every(({ body }) => body.counts?.queued === 0)) return undefined;
      const stream = await client.openStream(candidates, cursor);
      const countCompleted = () => {
        // The frame of a completion has no last event. Frames of later webhooks about a completed session have one.
        const completed = stream.frames.filter(({ data }) => data.status === 'completed' && !data.last_event);
        return new Set(completed.map(({ data }) => data.session_uuid)).size;
      };
      const end = Date.now() + REPLAY_DEADLINE_MS;
      while (countCompleted() < sessions.length && Date.now() < end) await sleep(250);
      stream.close();
      return countCompleted() >= sessions.length && stream.frames;
    },
    { timeoutMs: FINISH_DEADLINE_MS, intervalMs: 2_000 },
  );
}
