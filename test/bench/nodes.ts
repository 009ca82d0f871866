/**
 * Compares 1, 2 and 3 nodes on PostgreSQL with one proxy on SQLite: the time from a webhook to its frame on another
 * node, and how many events a second all nodes apply. Each round measures every setup, because the load of the machine
 * changes.
 */
import { join } from 'node:path';
import { createRecruiterClient, JANE, type OpenStream } from '../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { waitFor } from '../support/eventually.ts';
import { startNodes } from '../support/nodes/nodes.ts';
import { startPostgresServer } from '../support/postgres-server.ts';
import { createTempFolder, webhookUrl } from '../support/proxy.ts';
import { startWebhookLoad, type WebhookLoad } from '../support/webhook-load.ts';
import { type BenchResult, median } from './figures.ts';

const NODE_COUNTS = [1, 2, 3];
const MEASURED_WEBHOOKS = 200;
const WARM_UP_WEBHOOKS = 20;
const BURST_WEBHOOKS = 1_500;
const ROUNDS = 5;
const WARM_UP_ROUNDS = 1;
/** The connections to all nodes together. So one commit stores equally many webhooks for any number of nodes. */
const CONNECTIONS = 192;
const DEADLINE_MS = 120_000;

/** One proxy, or several nodes with a shared database. */
interface Setup {
  name: string;
  /** Returns the milliseconds from a webhook at the first node to its frame at the last one. */
  measureLatency(): Promise<number>;
  /** Returns the number of events that all nodes together apply in a second. */
  measureThroughput(): Promise<number>;
  close(): Promise<void>;
}

export async function measureNodes(): Promise<BenchResult[]> {
  const postgres = await startPostgresServer();
  const setups: Setup[] = [];
  try {
    setups.push(await startSetup('SQLite', 1));
    for (const nodeCount of NODE_COUNTS) {
      const { url } = await postgres.createDatabase();
      setups.push(await startSetup(`PostgreSQL, ${nodeCount} ${nodeCount === 1 ? 'node' : 'nodes'}`, nodeCount, url));
    }
    const latencies = setups.map(() => [] as number[]);
    for (let n = 0; n < WARM_UP_WEBHOOKS + MEASURED_WEBHOOKS; n++) {
      for (const [index, setup] of setups.entries()) {
        const ms = await setup.measureLatency();
        if (n >= WARM_UP_WEBHOOKS) latencies[index]?.push(ms);
      }
    }
    const throughputs = setups.map(() => [] as number[]);
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (const [index, setup] of setups.entries()) {
        const perSecond = await setup.measureThroughput();
        if (round >= WARM_UP_ROUNDS) throughputs[index]?.push(perSecond);
      }
    }
    return setups.flatMap(({ name }, index) => [
      ...describeLatencies(name, latencies[index] ?? [], latencies[0] ?? []),
      ...describeThroughputs(name, throughputs[index] ?? [], throughputs[0] ?? []),
    ]);
  } finally {
    for (const setup of setups) await setup.close();
    await postgres.remove();
  }
}

function describeLatencies(name: string, values: number[], sqliteValues: number[]): BenchResult[] {
  // The names of SQLite and of a single node do not end in “nodes”.
  const to = name.endsWith('nodes') ? 'its frame on another node' : 'its frame';
  return [
    { name: `${name}: time from webhook to ${to}, median`, value: median(values), unit: 'ms' },
    { name: `${name}: time from webhook to ${to}, p99`, value: p99(values), unit: 'ms' },
    {
      name: `${name}: median of the time from webhook to frame, relative to SQLite`,
      value: median(values) / median(sqliteValues),
      unit: 'x',
    },
  ];
}

function describeThroughputs(name: string, values: number[], sqliteValues: number[]): BenchResult[] {
  const ratios = values.map((value, round) => value / (sqliteValues[round] ?? Number.NaN));
  return [
    { name: `${name}: events a second, median`, value: median(values), unit: '/s' },
    { name: `${name}: events a second relative to SQLite, median of ratios`, value: median(ratios), unit: 'x' },
  ];
}

async function startSetup(name: string, nodeCount: number, postgresUrl?: string): Promise<Setup> {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const databaseUrl = postgresUrl ?? `file:${join(folder, 'evalon.db')}`;
  const nodes = await startNodes(evalon, { size: nodeCount, databaseUrl });
  const [firstUrl = ''] = nodes.urls;
  const lastUrl = nodes.urls.at(-1) ?? '';
  const { session_uuid } = (await (await createRecruiterClient(firstUrl)).invite()).body;
  const senders = nodes.urls.map(() => startWebhookLoad());
  let eventCount = 0;
  const createWebhook = () => ({ event: `session.seen_${++eventCount}`, session_uuid });

  return {
    name,
    measureLatency: () => withStream(lastUrl, (stream) => measureFrameDelay(evalon, firstUrl, stream, createWebhook())),
    measureThroughput: () =>
      withStream(lastUrl, async (stream) => {
        const start = performance.now();
        const bodies = Array.from({ length: BURST_WEBHOOKS }, () => JSON.stringify(createWebhook()));
        await sendToAll(nodes.urls, senders, bodies);
        await waitFor(() => stream.frames.length >= BURST_WEBHOOKS, { timeoutMs: DEADLINE_MS, intervalMs: 5 });
        return (BURST_WEBHOOKS / (performance.now() - start)) * 1_000;
      }),
    async close() {
      for (const sender of senders) sender.close();
      await nodes.close();
      await evalon.close();
      remove();
    },
  };
}

async function withStream<T>(url: string, run: (stream: OpenStream) => Promise<T>): Promise<T> {
  const recruiter = await createRecruiterClient(url);
  const stream = await recruiter.openStream([{ candidate_email: JANE.candidate_email }]);
  try {
    return await run(stream);
  } finally {
    stream.close();
  }
}

async function measureFrameDelay(
  evalon: TestEvalon,
  url: string,
  stream: OpenStream,
  body: { event: string; session_uuid: string },
): Promise<number> {
  const start = performance.now();
  const [status] = await Promise.all([
    evalon.sendWebhook(body, { url: webhookUrl(url) }),
    stream.waitForFrame(({ data }) => data.last_event === body.event),
  ]);
  if (status !== 202) throw new Error(`a webhook returned ${status}`);
  return performance.now() - start;
}

/** Sends an equal part of the webhooks to each node at the same time. */
async function sendToAll(urls: readonly string[], senders: readonly WebhookLoad[], bodies: readonly string[]) {
  await Promise.all(
    senders.map((sender, index) => {
      const url = urls[index] ?? '';
      return sender.sendBurst({
        url,
        path: new URL(webhookUrl(url)).pathname,
        bodies: bodies.filter((_, n) => n % urls.length === index),
        connectionCount: CONNECTIONS / urls.length,
        retriesRefused: true,
      });
    }),
  );
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;
}
