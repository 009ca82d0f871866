/** Repeatedly kills nodes with SIGKILL at random moments under load, and restarts them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createRecruiterClient } from '../api-client.ts';
import { startEvalon } from '../evalon.ts';
import { waitFor } from '../eventually.ts';
import { type Nodes, startNodes } from '../nodes/nodes.ts';
import { createPostgresDatabase } from '../postgres.ts';
import { spawnProxyProcess } from '../proxy.ts';
import { startResumingClient } from '../resuming-client.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { mintToken } from '../token.ts';
import { checkInvariants, type InvariantReport } from './invariants.ts';
import { type LoadGenerator, startLoadGenerator } from './load.ts';
import type { KillOptions } from './rounds.ts';
import { readWholeLog } from './whole-log.ts';

/** `serving`: kills one node. `starting`: then also kills its restart. `two`: kills two nodes at the same time. */
export type NodeKillMoment = 'serving' | 'starting' | 'two';

export interface NodeKillReport extends InvariantReport {
  killsByMoment: Record<NodeKillMoment, number>;
}

const NODE_COUNT = 3;
/** The longest time between the start of a proxy and the kill that interrupts this start. */
const MAX_START_MS = 1_500;
/** The longest wait for acknowledgements before a kill. */
const MAX_LIFE_MS = 10_000;
/** The highest number of acknowledged webhooks that a kill waits for. */
const MAX_ACKNOWLEDGEMENTS = 100;
/** The longest delay between the last awaited acknowledgement and the kill. */
const MAX_KILL_DELAY_MS = 20;
/** Evalon responds this long after it has created a session. */
const LATE_RESPONSE_MS = 60;
const STREAM_CLIENT_COUNT = 3;
/** The maximum number of candidates in a stream. */
const MAX_CANDIDATES = 2_000;

export async function runNodeKillRounds(options: KillOptions): Promise<NodeKillReport> {
  const { rounds, seed, callsPerMinute, batchRows, largeBatchRows, maxStagePauseMs, log = () => {} } = options;
  const random = createSeededRandom(seed);
  const evalon = await startEvalon();
  evalon.injectFault('create', { fault: 'late-response', ms: LATE_RESPONSE_MS });
  evalon.injectFault('batch', { fault: 'late-response', ms: LATE_RESPONSE_MS });
  const database = await createPostgresDatabase();
  const settings = { EVALON_RATE_PER_MINUTE: String(callsPerMinute) };
  const nodes = await startNodes(evalon, { size: NODE_COUNT, databaseUrl: database.url, settings });
  const [firstUrl = ''] = nodes.urls;
  const pickUrl = () => nodes.urls[Math.floor(Math.random() * NODE_COUNT)] ?? firstUrl;
  const recruiter = await createRecruiterClient(firstUrl);
  const { cursor } = (await recruiter.query({ candidate_email: 'unknown@example.com' })).body;
  const load = startLoadGenerator(evalon, pickUrl, { random: createSeededRandom(seed + 1), maxStagePauseMs });
  // The emails of the load generator's candidates.
  const candidates = Array.from({ length: MAX_CANDIDATES }, (_, n) => ({
    candidate_email: `person-${n + 1}@example.com`,
  }));
  const clients = Array.from({ length: STREAM_CLIENT_COUNT }, () =>
    startResumingClient(pickUrl, { token: () => mintToken(), candidates, cursor }),
  );
  const killsByMoment: Record<NodeKillMoment, number> = { serving: 0, starting: 0, two: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      load.addLoad(round % 10 ? batchRows : largeBatchRows);
      await waitForAcknowledgements(load, random() * MAX_ACKNOWLEDGEMENTS);
      await sleep(random() * MAX_KILL_DELAY_MS);
      const moment = await killAtRandomMoment(nodes, random);
      killsByMoment[moment] += 1;
      log(`round ${round + 1} of ${rounds}: killed ${moment}; ${load.acknowledgedCount} acknowledgements`);
    }
    if (load.candidateKeys.size > MAX_CANDIDATES) throw new Error('a stream cannot subscribe to all candidates');
    await load.waitUntilDone();
    log(`everything is acknowledged: ${load.acknowledgedCount}`);
    const frames = await readWholeLog(firstUrl, load, { candidates, cursor });
    const lastId = frames.at(-1)?.id;
    await waitFor(() => clients.every((client) => client.frames.at(-1)?.id === lastId), { timeoutMs: 60_000 });
    const received = clients.map((client) => client.frames);
    const count = (sql: string) => countRows(database.url, sql);
    const system = { evalon, load, count, recruiter: await createRecruiterClient(firstUrl) };
    return { killsByMoment, ...(await checkInvariants(system, received, frames)) };
  } finally {
    for (const client of clients) client.close();
    await nodes.close();
    await evalon.close();
    await database.drop();
  }
}

async function killAtRandomMoment(nodes: Nodes, random: () => number): Promise<NodeKillMoment> {
  const victim = Math.floor(random() * NODE_COUNT);
  const choice = random();
  if (choice < 0.2) {
    const victims = [victim, (victim + 1) % NODE_COUNT];
    await Promise.all(victims.map((index) => nodes.kill(index)));
    await Promise.all(victims.map((index) => nodes.start(index)));
    return 'two';
  }
  await nodes.kill(victim);
  const isKilledAgain = choice < 0.45;
  if (isKilledAgain) {
    const starting = spawnProxyProcess(nodes.settings(victim));
    await sleep(random() * MAX_START_MS);
    await starting.kill('SIGKILL');
  }
  await nodes.start(victim);
  return isKilledAgain ? 'starting' : 'serving';
}

async function waitForAcknowledgements(load: LoadGenerator, count: number): Promise<void> {
  const target = load.acknowledgedCount + count;
  const end = Date.now() + MAX_LIFE_MS;
  while (load.acknowledgedCount < target && Date.now() < end) await sleep(1);
}

async function countRows(url: string, sql: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return Number((await client.query(sql)).rows[0].count);
  } finally {
    await client.end();
  }
}
