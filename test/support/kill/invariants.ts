/** What has to be true after all the killing, counted from what readers saw, from Evalon's register and from the database. */
import Database from 'better-sqlite3';
import { type SessionStatus, STATUS_RANK } from '../../../proxy/contract/status.ts';
import type { RecruiterClient, SseFrame } from '../api-client.ts';
import { getBatch, PROJECT_ID } from '../batches.ts';
import type { TestEvalon } from '../evalon.ts';
import { maxPerMinute } from '../fake-clock.ts';
import type { LoadGenerator, SentSession } from './load.ts';

const COMPLETED = 'session.completed';
const FINAL = new Set(['invited', 'existing']);
/** Batches of one stream, at the most. */
const AT_ONCE = 20;

export interface InvariantReport {
  /** Different webhooks that were acknowledged, and acknowledgements with their copies. */
  webhookCount: number;
  acknowledgementCount: number;
  /** Sessions of which a reader has not seen every webhook as exactly one change, in the order of the acknowledgements. */
  wrongSessions: string[];
  /** Frames that a reader saw twice, out of order, or that the log does not hold, and those that it missed. */
  wrongFrameCount: number;
  rowCount: number;
  /** Rows that have not exactly one outcome, or a session that is not theirs. */
  wrongRows: string[];
  /** Sessions beyond one a person, at Evalon and here. */
  duplicatesAtEvalon: number;
  duplicatesInProxy: number;
  /** What is left undone in the database, and what SQLite has to say against it. */
  unfinishedCounts: Record<string, number>;
  integrityCheck: string;
  evalonCallCount: number;
  maxCallsPerMinute: number;
}

export async function checkInvariants(
  { evalon, load, file, page }: { evalon: TestEvalon; load: LoadGenerator; file: string; page: RecruiterClient },
  readers: readonly (readonly SseFrame[])[],
  log: readonly SseFrame[],
): Promise<InvariantReport> {
  const database = new Database(file, { readonly: true });
  const count = (sql: string) => Number(database.prepare(sql).pluck().get());
  try {
    return {
      webhookCount: load.sessions.reduce((sum, { events }) => sum + events.length, 0),
      acknowledgementCount: load.acknowledgedCount,
      wrongSessions: readers.flatMap((frames) => {
        const changes = changesOf(frames);
        return load.sessions.flatMap((journey) => faultOf(journey, changes.get(journey.sessionUuid) ?? []) ?? []);
      }),
      wrongFrameCount: readers.reduce((sum, frames) => sum + wrongFramesOf(frames, log), 0),
      rowCount: load.batches.reduce((sum, { candidateKeys: people }) => sum + people.length, 0),
      wrongRows: await wrongRowsOf(evalon, load, page),
      duplicatesAtEvalon: evalon.sessionCount - load.candidateKeys.size,
      duplicatesInProxy: count('select count(*) from sessions') - load.candidateKeys.size,
      unfinishedCounts: {
        intents: count('select count(*) from invite_intents'),
        webhooks: count("select count(*) from webhooks where state <> 'done'"),
        claims: count('select count(*) from sessions where claimed_at is not null'),
        batches: count('select count(*) from batches') - load.batches.length,
      },
      integrityCheck: String(database.pragma('integrity_check', { simple: true })),
      evalonCallCount: evalon.requests.length,
      maxCallsPerMinute: maxPerMinute(evalon.requests),
    };
  } finally {
    database.close();
  }
}

/** What each session's frames changed, in words: `invited` first, then a webhook's event, `claimed`, or `nothing`. */
function changesOf(frames: readonly SseFrame[]): Map<string, string[]> {
  const changes = new Map<string, string[]>();
  const states = new Map<string, SseFrame['data']>();
  for (const { event, data } of frames) {
    if (event !== 'session') continue;
    const before = states.get(data.session_uuid);
    states.set(data.session_uuid, data);
    const list = changes.get(data.session_uuid) ?? [];
    changes.set(data.session_uuid, [...list, changeOf(before, data)]);
  }
  return changes;
}

function changeOf(before: SseFrame['data'] | undefined, after: SseFrame['data']): string {
  if (!before) return after.status;
  const [from, to] = [before.status, after.status] as SessionStatus[];
  if (from !== to)
    return STATUS_RANK[to as SessionStatus] > STATUS_RANK[from as SessionStatus] ? `session.${to}` : 'back';
  if (after.last_event !== before.last_event) return after.last_event ?? 'nothing';
  return after.confirming && !before.confirming ? 'claimed' : 'nothing';
}

/** A completion is claimed when its webhook is applied, and completed some time later; the others keep their order. */
function faultOf({ sessionUuid, events }: SentSession, [first, ...changes]: string[]): string | undefined {
  const without = (all: readonly string[], ...names: string[]) => all.filter((name) => !names.includes(name));
  const wanted = without(events, COMPLETED);
  const seen = without(changes, COMPLETED, 'claimed');
  const times = (name: string) => changes.filter((change) => change === name).length;
  const isRight =
    first === 'invited' && String(seen) === String(wanted) && times(COMPLETED) === 1 && times('claimed') <= 1;
  return isRight ? undefined : `${sessionUuid}: sent ${events}; seen ${[first, ...changes]}`;
}

function wrongFramesOf(frames: readonly SseFrame[], log: readonly SseFrame[]): number {
  const numbers = frames.map(({ id }) => Number(id?.split('.')[1]));
  const disordered = numbers.filter((seq, index) => index > 0 && seq <= (numbers[index - 1] ?? 0)).length;
  const seen = new Set(frames.map(({ id, data }) => `${id} ${JSON.stringify(data)}`));
  const held = log.map(({ id, data }) => `${id} ${JSON.stringify(data)}`);
  return disordered + held.filter((frame) => !seen.has(frame)).length + Math.abs(seen.size - held.length);
}

async function wrongRowsOf(evalon: TestEvalon, { batches }: LoadGenerator, page: RecruiterClient): Promise<string[]> {
  const wrong: string[] = [];
  const told = await outcomesTold(
    page,
    batches.map(({ batchId: id }) => id),
  );
  for (const { batchId: id, candidateKeys: people } of batches) {
    const { rows } = await getBatch(page, id);
    if (rows.length !== people.length) wrong.push(`${id}: ${rows.length} rows of ${people.length}`);
    for (const [index, { candidate_email, status, session_uuid }] of rows.entries()) {
      const mine = evalon.findSession(people[index] ?? '', PROJECT_ID)?.session_uuid;
      const outcomes = told.get(`${id} ${candidate_email}`) ?? [];
      if (FINAL.has(status) && session_uuid === mine && String(outcomes) === status) continue;
      wrong.push(`${id} ${candidate_email}: ${status} ${session_uuid}, Evalon's is ${mine}; told ${outcomes}`);
    }
  }
  return wrong;
}

/** Every outcome that a frame has told of each row. */
async function outcomesTold(page: RecruiterClient, ids: readonly string[]): Promise<Map<string, string[]>> {
  const told = new Map<string, string[]>();
  const { cursor } = (await page.query({ candidate_email: 'nobody@example.com' })).body;
  const [epoch] = String(cursor).split('.');
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const stream = await page.openBatchStream(ids.slice(at, at + AT_ONCE), `${epoch}.0`);
    const open = new Set(ids.slice(at, at + AT_ONCE));
    await stream.waitForFrame(() => {
      for (const { data } of stream.frames) if (data.counts?.queued === 0) open.delete(data.batch_id);
      return open.size === 0;
    });
    stream.close();
    for (const { data } of stream.frames) {
      for (const { candidate_email, status } of data.rows) {
        const row = `${data.batch_id} ${candidate_email}`;
        if (status !== 'queued') told.set(row, [...(told.get(row) ?? []), status]);
      }
    }
  }
  return told;
}
