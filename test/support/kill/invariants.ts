/** Checks what must hold after kills under load: in what clients received, in Evalon's sessions and in the database. */
import { type SessionStatus, STATUS_RANK } from '../../../proxy/contract/status.ts';
import type { RecruiterClient, SseFrame } from '../api-client.ts';
import { getBatch, PROJECT_ID } from '../batches.ts';
import type { TestEvalon } from '../evalon.ts';
import { maxPerMinute } from '../fake-clock.ts';
import type { LoadGenerator, SentSession } from './load.ts';

const COMPLETED = 'session.completed';
const SUCCESSFUL = new Set(['invited', 'existing']);
const BATCHES_PER_STREAM = 20;

export interface InvariantReport {
  /** Distinct acknowledged webhooks. */
  webhookCount: number;
  /** Acknowledgements, copies included. */
  acknowledgementCount: number;
  /**
   * Sessions for which a client did not receive exactly one change for each webhook, in the order of acknowledgement.
   */
  wrongSessions: string[];
  /** Frames that a client missed, received twice or out of order, or that the proxy does not replay. */
  wrongFrameCount: number;
  /** Rows of all batches. */
  rowCount: number;
  /** Batch rows without exactly one outcome, or with another candidate's session. */
  wrongRows: string[];
  /** Sessions beyond one for each candidate. */
  duplicatesAtEvalon: number;
  duplicatesInProxy: number;
  /** Database rows that should not exist after all work is done, by kind. */
  unfinishedCounts: Record<string, number>;
  evalonCallCount: number;
  maxCallsPerMinute: number;
}

interface KilledSystem {
  evalon: TestEvalon;
  load: LoadGenerator;
  /** Runs a query that counts rows in the database. */
  count(sql: string): Promise<number>;
  recruiter: RecruiterClient;
}

/**
 * @param received the frames of each client
 * @param replayed all frames that the proxy replays
 */
export async function checkInvariants(
  { evalon, load, count, recruiter }: KilledSystem,
  received: readonly (readonly SseFrame[])[],
  replayed: readonly SseFrame[],
): Promise<InvariantReport> {
  return {
    webhookCount: load.sessions.reduce((sum, { events }) => sum + events.length, 0),
    acknowledgementCount: load.acknowledgedCount,
    wrongSessions: received.flatMap((frames) => {
      const changes = listChanges(frames);
      return load.sessions.flatMap((sent) => describeSessionError(sent, changes.get(sent.sessionUuid) ?? []) ?? []);
    }),
    wrongFrameCount: received.reduce((sum, frames) => sum + countWrongFrames(frames, replayed), 0),
    rowCount: load.batches.reduce((sum, { candidateKeys }) => sum + candidateKeys.length, 0),
    wrongRows: await findWrongRows(evalon, load, recruiter),
    duplicatesAtEvalon: evalon.sessionCount - load.candidateKeys.size,
    duplicatesInProxy: (await count('select count(*) from sessions')) - load.candidateKeys.size,
    unfinishedCounts: {
      intents: await count('select count(*) from invite_intents'),
      webhooks: await count("select count(*) from webhooks where state <> 'applied'"),
      claims: await count('select count(*) from sessions where completion_claimed_at is not null'),
      batches: (await count('select count(*) from batches')) - load.batches.length,
    },
    evalonCallCount: evalon.requests.length,
    maxCallsPerMinute: maxPerMinute(evalon.requests),
  };
}

/**
 * Lists what each session's frames changed. The first entry is a status. Each later entry is a webhook's event,
 * `claimed`, `nothing`, or `back` for a return to an earlier status.
 */
function listChanges(frames: readonly SseFrame[]): Map<string, string[]> {
  const changes = new Map<string, string[]>();
  const states = new Map<string, SseFrame['data']>();
  for (const { event, data } of frames) {
    if (event !== 'session') continue;
    const before = states.get(data.session_uuid);
    states.set(data.session_uuid, data);
    changes.set(data.session_uuid, [...(changes.get(data.session_uuid) ?? []), describeChange(before, data)]);
  }
  return changes;
}

function describeChange(before: SseFrame['data'] | undefined, after: SseFrame['data']): string {
  if (!before) return after.status;
  const [from, to] = [before.status as SessionStatus, after.status as SessionStatus];
  if (from !== to) return STATUS_RANK[to] > STATUS_RANK[from] ? `session.${to}` : 'back';
  if (after.last_event !== before.last_event) return after.last_event ?? 'nothing';
  return after.confirming && !before.confirming ? 'claimed' : 'nothing';
}

/** A completion is claimed when its webhook is applied, and confirmed later. All other events keep their order. */
function describeSessionError({ sessionUuid, events }: SentSession, [first, ...changes]: string[]): string | undefined {
  const expected = events.filter((event) => event !== COMPLETED);
  const actual = changes.filter((change) => change !== COMPLETED && change !== 'claimed');
  const count = (name: string) => changes.filter((change) => change === name).length;
  const isCorrect =
    first === 'invited' && String(actual) === String(expected) && count(COMPLETED) === 1 && count('claimed') <= 1;
  return isCorrect ? undefined : `${sessionUuid}: sent ${events}; received ${[first, ...changes]}`;
}

function countWrongFrames(frames: readonly SseFrame[], replayed: readonly SseFrame[]): number {
  const seqs = frames.map(({ id }) => Number(id?.split('.')[1]));
  const unorderedCount = seqs.filter((seq, index) => index > 0 && seq <= (seqs[index - 1] ?? 0)).length;
  const toText = ({ id, data }: SseFrame) => `${id} ${JSON.stringify(data)}`;
  const received = new Set(frames.map(toText));
  const missedCount = replayed.filter((frame) => !received.has(toText(frame))).length;
  return unorderedCount + missedCount + Math.abs(received.size - replayed.length);
}

async function findWrongRows(
  evalon: TestEvalon,
  { batches }: LoadGenerator,
  recruiter: RecruiterClient,
): Promise<string[]> {
  const wrong: string[] = [];
  const outcomes = await readOutcomes(
    recruiter,
    batches.map(({ batchId }) => batchId),
  );
  for (const { batchId, candidateKeys } of batches) {
    const { rows } = await getBatch(recruiter, batchId);
    if (rows.length !== candidateKeys.length) wrong.push(`${batchId}: ${rows.length} of ${candidateKeys.length} rows`);
    for (const [index, { candidate_email, status, session_uuid }] of rows.entries()) {
      const expected = evalon.findSession(candidateKeys[index] ?? '', PROJECT_ID)?.session_uuid;
      const streamed = outcomes.get(`${batchId} ${candidate_email}`) ?? [];
      if (SUCCESSFUL.has(status) && session_uuid === expected && String(streamed) === status) continue;
      wrong.push(
        `${batchId} ${candidate_email}: ${status} ${session_uuid}, expected ${expected}; streamed ${streamed}`,
      );
    }
  }
  return wrong;
}

/** Replays the streams of the batches. Returns all outcomes of each row, by batch and email. */
async function readOutcomes(recruiter: RecruiterClient, batchIds: readonly string[]): Promise<Map<string, string[]>> {
  const outcomes = new Map<string, string[]>();
  const { cursor } = (await recruiter.query({ candidate_email: 'unknown@example.com' })).body;
  const [epoch] = String(cursor).split('.');
  for (let start = 0; start < batchIds.length; start += BATCHES_PER_STREAM) {
    const ids = batchIds.slice(start, start + BATCHES_PER_STREAM);
    const stream = await recruiter.openBatchStream(ids, `${epoch}.0`);
    const unfinished = new Set(ids);
    await stream.waitForFrame(() => {
      for (const { data } of stream.frames) if (data.counts?.queued === 0) unfinished.delete(data.batch_id);
      return unfinished.size === 0;
    });
    stream.close();
    for (const { data } of stream.frames) {
      for (const { candidate_email, status } of data.rows) {
        const key = `${data.batch_id} ${candidate_email}`;
        if (status !== 'queued') outcomes.set(key, [...(outcomes.get(key) ?? []), status]);
      }
    }
  }
  return outcomes;
}
