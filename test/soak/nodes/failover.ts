/**
 * Restarts PostgreSQL under load, then kills it and promotes its replica. Checks how long the nodes take to
 * recover, and that they lose no acknowledged webhook.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRecruiterClient, type RecruiterClient, type SseFrame } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { type Nodes, startNodes } from '../../support/nodes/nodes.ts';
import { startTcpForwarder } from '../../support/nodes/tcp-forwarder.ts';
import { type PostgresServer, REPLICA_NAME, startPostgresServer } from '../../support/postgres-server.ts';
import { webhookUrl } from '../../support/proxy.ts';
import { startResumingClient } from '../../support/resuming-client.ts';
import { mintToken } from '../../support/token.ts';
import { mustBeZero } from '../invariants.ts';
import type { SoakResult } from '../soak-result.ts';

const NODES = 3;
const SESSIONS = 20;
const READERS = 20;
const SENDERS = 10;
const PAUSE_MS = 50;
/** How long the load runs before each fault, and after it. */
const LOAD_MS = 5_000;
const MAX_RECOVERY_MS = 10_000;
const TOKEN_LIFETIME_SECONDS = 900;
const DEADLINE_MS = 120_000;

interface Candidate {
  candidate_email: string;
}

export async function soakNodesFailover(): Promise<SoakResult[]> {
  const primary = await startPostgresServer();
  const { url } = await primary.createDatabase();
  const replica = await primary.createReplica();
  await primary.configure({ synchronous_standby_names: `'${REPLICA_NAME}'` });
  await waitForReplica(primary);
  const forwarder = await startTcpForwarder(primary.port);
  const evalon = await startEvalon();
  const databaseUrl = url.replace(`:${primary.port}/`, `:${forwarder.port}/`);
  const nodes = await startNodes(evalon, { size: NODES, databaseUrl });
  const candidates = Array.from({ length: SESSIONS }, (_, n) => ({ candidate_email: `c${n}@example.com` }));
  const readers: Reader[] = [];
  let load: WebhookSenders | undefined;
  try {
    const recruiter = await createRecruiterClient(nodes.urls[0] ?? '');
    const sessionUuids: string[] = [];
    for (const candidate of candidates) sessionUuids.push((await recruiter.invite(candidate)).body.session_uuid);
    for (let n = 0; n < READERS; n++) readers.push(await startReader(nodes, candidates));
    load = startSenders(nodes, sessionUuids);
    await sleep(LOAD_MS);

    const restartMs = await measureRecovery(nodes, sessionUuids, () => primary.restart());
    await waitForReplica(primary);
    await sleep(LOAD_MS);
    const resetsBefore = countResets(readers);
    const failoverMs = await measureRecovery(nodes, sessionUuids, async () => {
      await primary.kill();
      await replica.promote();
      forwarder.forwardTo(replica.port);
    });
    await sleep(LOAD_MS);
    await load.stop();

    const log = await readLog(nodes, candidates, load.acknowledged);
    const isUpToDate = (reader: Reader) => String(reader.state()) === String(toState(log));
    await waitFor(() => readers.every(isUpToDate), { timeoutMs: DEADLINE_MS, intervalMs: 250 }).catch(() => {});
    const counts = countEvents(log);
    const toResult = (what: string, value: number): SoakResult => ({
      what,
      value: value / 1_000,
      unit: 's',
      holds: value < MAX_RECOVERY_MS,
    });
    return [
      { what: 'webhooks acknowledged', value: load.acknowledged.length, unit: '' },
      { what: 'webhooks refused and sent again', value: load.refusedCount(), unit: '' },
      toResult('restart: time from the first accepted connection until all nodes acknowledge webhooks', restartMs),
      toResult('failover: time from the first accepted connection until all nodes acknowledge webhooks', failoverMs),
      mustBeZero('acknowledged webhooks that are lost', load.acknowledged.filter((event) => !counts.has(event)).length),
      mustBeZero('webhooks with two events', [...counts.values()].filter((count) => count > 1).length),
      { what: 'streams that resumed after the restart without a reset', value: READERS - resetsBefore, unit: '' },
      { what: 'resets after the failover', value: countResets(readers) - resetsBefore, unit: '' },
      mustBeZero('readers without the newest state', readers.filter((reader) => !isUpToDate(reader)).length),
      mustBeZero('frames that a reader received twice or out of order', sum(readers.map(countDisorder))),
    ];
  } finally {
    await load?.stop();
    for (const { client } of readers) client.close();
    await nodes.close();
    await evalon.close();
    forwarder.close();
    await replica.remove();
    await primary.remove();
  }
}

async function waitForReplica(primary: PostgresServer): Promise<void> {
  const listSynchronousReplicas = `SELECT FROM pg_stat_replication WHERE sync_state = 'sync'`;
  await waitFor(async () => (await primary.query(listSynchronousReplicas)).rowCount, { timeoutMs: DEADLINE_MS });
}

/**
 * Returns the milliseconds after `interruptDatabase` until each node is ready and acknowledges a webhook.
 * @param interruptDatabase resolves when the database accepts connections again.
 */
async function measureRecovery(
  { urls }: Nodes,
  [sessionUuid = '']: readonly string[],
  interruptDatabase: () => Promise<void>,
): Promise<number> {
  await interruptDatabase();
  const start = performance.now();
  const isServing = async (url: string) =>
    (await fetch(`${url}/readyz`)).ok && (await sendWebhook(url, sessionUuid, 'session.probe')) === 202;
  await Promise.all(urls.map((url) => waitFor(() => isServing(url), { timeoutMs: DEADLINE_MS, intervalMs: 50 })));
  return performance.now() - start;
}

async function sendWebhook(url: string, session_uuid: string, event: string): Promise<number | undefined> {
  const body = JSON.stringify({ event, session_uuid });
  const response = await fetch(webhookUrl(url), { method: 'POST', body }).catch(() => undefined);
  await response?.text();
  return response?.status;
}

interface WebhookSenders {
  /** The events of all acknowledged webhooks. */
  readonly acknowledged: readonly string[];
  refusedCount(): number;
  stop(): Promise<void>;
}

/** Sends each webhook to one node after the other until a node acknowledges it. */
function startSenders({ urls }: Nodes, sessionUuids: readonly string[]): WebhookSenders {
  const acknowledged: string[] = [];
  let [isRunning, refusedCount, startedCount] = [true, 0, 0];
  const send = async () => {
    while (isRunning) {
      const number = startedCount++;
      const event = `session.seen_${number}`;
      for (let attempt = 0; isRunning; attempt++) {
        const url = urls[(number + attempt) % urls.length] ?? '';
        const status = await sendWebhook(url, sessionUuids[number % sessionUuids.length] ?? '', event);
        if (status === 202) {
          acknowledged.push(event);
          break;
        }
        refusedCount += 1;
        await sleep(PAUSE_MS);
      }
      await sleep(PAUSE_MS);
    }
  };
  const running = Promise.all(Array.from({ length: SENDERS }, send));
  return {
    acknowledged,
    refusedCount: () => refusedCount,
    async stop() {
      isRunning = false;
      await running;
    },
  };
}

interface Reader {
  client: ReturnType<typeof startResumingClient>;
  /** Returns one line for each session that the reader shows, with the session's last event. Sorted. */
  state(): string[];
}

async function startReader({ urls }: Nodes, candidates: Candidate[]): Promise<Reader> {
  const pickUrl = () => urls[Math.floor(Math.random() * urls.length)] ?? '';
  const token = () => mintToken({ exp: Math.floor(Date.now() / 1_000) + TOKEN_LIFETIME_SECONDS });
  const query = async (recruiter: RecruiterClient) => (await recruiter.query(...candidates)).body;
  const first = await query(await createRecruiterClient(pickUrl()));
  /** The queried sessions, by the number of frames that the reader had received before the query. */
  const queried = new Map<number, { sessions: SseFrame['data'][] }>([[0, first]]);
  const client = startResumingClient(pickUrl, {
    token,
    candidates,
    cursor: first.cursor,
    async onReset() {
      const snapshot = await query(await createRecruiterClient(pickUrl()));
      queried.set(client.frames.length, snapshot);
      return snapshot.cursor;
    },
  });
  return {
    client,
    state() {
      const [from, snapshot] = [...queried].at(-1) ?? [0, first];
      const last = new Map<string, string>();
      for (const { session_uuid, last_event } of snapshot.sessions) last.set(session_uuid, last_event);
      for (const { event, data } of client.frames.slice(from)) {
        if (event === 'session') last.set(data.session_uuid, data.last_event);
      }
      return [...last].map(([uuid, event]) => `${uuid} ${event}`).sort();
    },
  };
}

/** Reads all events from the beginning of the current epoch. */
async function readLog({ urls }: Nodes, candidates: Candidate[], acknowledged: readonly string[]): Promise<SseFrame[]> {
  const recruiter = await createRecruiterClient(urls[0] ?? '');
  const { cursor } = (await recruiter.query(...candidates)).body;
  const stream = await recruiter.openStream(candidates, `${String(cursor).split('.')[0]}.0`);
  const isComplete = () => {
    const counts = countEvents(stream.frames);
    return acknowledged.every((event) => counts.has(event));
  };
  await waitFor(isComplete, { timeoutMs: DEADLINE_MS, intervalMs: 500 }).catch(() => {});
  stream.close();
  return stream.frames;
}

function countEvents(log: readonly SseFrame[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { data } of log) {
    const event = String(data.last_event);
    if (event.startsWith('session.seen_')) counts.set(event, (counts.get(event) ?? 0) + 1);
  }
  return counts;
}

/** Returns the state that a reader of the whole log shows, in the format of `Reader.state`. */
function toState(log: readonly SseFrame[]): string[] {
  const last = new Map(log.map(({ data }) => [data.session_uuid, data.last_event]));
  return [...last].map(([uuid, event]) => `${uuid} ${event}`).sort();
}

function countResets(readers: readonly Reader[]): number {
  return sum(readers.map(({ client }) => client.frames.filter(({ event }) => event === 'reset').length));
}

/** Counts the frames whose sequence number is not higher than that of the previous frame in the same epoch. */
function countDisorder({ client }: Reader): number {
  const ids = client.frames.filter(({ event }) => event === 'session').map(({ id }) => String(id).split('.'));
  return ids.filter(([epoch, seq], index) => {
    const [epochBefore, seqBefore] = ids[index - 1] ?? [];
    return epoch === epochBefore && Number(seq) <= Number(seqBefore);
  }).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
