/** Repeatedly kills a proxy with SIGKILL at random moments under load, and restarts it. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { createRecruiterClient } from '../api-client.ts';
import { startEvalon } from '../evalon.ts';
import { waitFor } from '../eventually.ts';
import { findFreePort } from '../free-port.ts';
import {
  buildProxySettings,
  createTempFolder,
  type SpawnedProxy,
  spawnProxyProcess,
  startProxyProcess,
} from '../proxy.ts';
import { startResumingClient } from '../resuming-client.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { mintToken } from '../token.ts';
import { checkInvariants, type InvariantReport } from './invariants.ts';
import { startLoadGenerator } from './load.ts';
import { readWholeLog } from './whole-log.ts';

export interface KillOptions {
  rounds: number;
  seed: number;
  callsPerMinute: number;
  batchRows: number;
  /** Rows of the first batch and of every tenth. */
  largeBatchRows: number;
  /** The longest pause between two stages of an assessment. */
  maxStagePauseMs: number;
  log?: (line: string) => void;
}

/**
 * `starting`: before the proxy serves. `serving`: at any moment after that. `checkpoint`: when SQLite begins to copy
 * the write-ahead log into the database file.
 */
export type KillMoment = 'starting' | 'serving' | 'checkpoint';

export interface KillReport extends InvariantReport {
  killsByMoment: Record<KillMoment, number>;
  /** The result of SQLite's `integrity_check`. */
  integrityCheck: string;
}

/** Long, because this test does not measure speed. */
const START_TIMEOUT_MS = 120_000;
/** The longest time between the start of a proxy and the kill that interrupts this start. */
const MAX_START_MS = 1_500;
/** The longest wait for acknowledgements, or for a checkpoint, before a kill. */
const MAX_LIFE_MS = 10_000;
/** The highest number of acknowledged webhooks that a kill waits for. */
const MAX_ACKNOWLEDGEMENTS = 150;
/** The longest delay between the awaited acknowledgement or checkpoint and the kill. */
const MAX_KILL_DELAY_MS = 20;
/** Evalon responds this long after it has created a session. */
const LATE_RESPONSE_MS = 60;
const STREAM_CLIENT_COUNT = 3;
/** The maximum number of candidates in a stream. */
const MAX_CANDIDATES = 2_000;

export async function runKillRounds(options: KillOptions): Promise<KillReport> {
  const { rounds, seed, callsPerMinute, batchRows, largeBatchRows, maxStagePauseMs, log = () => {} } = options;
  const random = createSeededRandom(seed);
  const { folder, remove } = createTempFolder();
  const file = join(folder, 'evalon.db');
  const evalon = await startEvalon();
  evalon.injectFault('create', { fault: 'late-response', ms: LATE_RESPONSE_MS });
  evalon.injectFault('batch', { fault: 'late-response', ms: LATE_RESPONSE_MS });
  const settings = buildProxySettings(evalon, {
    DATABASE_URL: `file:${file}`,
    PORT: String(await findFreePort()),
    EVALON_RATE_PER_MINUTE: String(callsPerMinute),
    LOG_LEVEL: 'error',
  });
  const start = () => startProxyProcess(settings, { startTimeoutMs: START_TIMEOUT_MS });
  let proxy: Pick<SpawnedProxy, 'kill'> & { url: string } = await start();
  const { url } = proxy;
  const recruiter = await createRecruiterClient(url);
  const { cursor } = (await recruiter.query({ candidate_email: 'unknown@example.com' })).body;
  const load = startLoadGenerator(evalon, () => url, { random: createSeededRandom(seed + 1), maxStagePauseMs });
  // The emails of the load generator's candidates.
  const candidates = Array.from({ length: MAX_CANDIDATES }, (_, n) => ({
    candidate_email: `person-${n + 1}@example.com`,
  }));
  const clients = Array.from({ length: STREAM_CLIENT_COUNT }, () =>
    startResumingClient(url, { token: () => mintToken(), candidates, cursor }),
  );
  const killsByMoment: Record<KillMoment, number> = { starting: 0, serving: 0, checkpoint: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      load.addLoad(round % 10 ? batchRows : largeBatchRows);
      const moment = await killAtRandomMoment();
      killsByMoment[moment] += 1;
      log(`round ${round + 1} of ${rounds}: killed while ${moment}; ${load.acknowledgedCount} acknowledgements`);
    }
    if (load.candidateKeys.size > MAX_CANDIDATES) throw new Error('a stream cannot subscribe to all candidates');
    await load.waitUntilDone();
    log(`everything is acknowledged: ${load.acknowledgedCount}`);
    const frames = await readWholeLog(url, load, { candidates, cursor });
    const lastId = frames.at(-1)?.id;
    const isUpToDate = () => clients.every((client) => client.frames.at(-1)?.id === lastId);
    await waitFor(isUpToDate, { timeoutMs: 30_000 });
    const received = clients.map((client) => client.frames);
    const database = new Database(file, { readonly: true });
    const count = async (sql: string) => Number(database.prepare(sql).pluck().get());
    const system = { evalon, load, count, recruiter: await createRecruiterClient(url) };
    const report = await checkInvariants(system, received, frames);
    const integrityCheck = String(database.pragma('integrity_check', { simple: true }));
    database.close();
    return { killsByMoment, integrityCheck, ...report };
  } finally {
    for (const client of clients) client.close();
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  }

  /** Kills the running proxy, or restarts it and kills it while it starts. */
  async function killAtRandomMoment(): Promise<KillMoment> {
    const choice = random();
    if (choice < 0.25) {
      await proxy.kill('SIGKILL');
      const starting = spawnProxyProcess(settings);
      proxy = { ...starting, url };
      await sleep(random() * MAX_START_MS);
      await starting.kill('SIGKILL');
      proxy = await start();
      return 'starting';
    }
    const moment = choice < 0.5 && (await waitForCheckpoint()) ? 'checkpoint' : 'serving';
    if (moment === 'serving') await waitForAcknowledgements(random() * MAX_ACKNOWLEDGEMENTS);
    await sleep(random() * MAX_KILL_DELAY_MS);
    await proxy.kill('SIGKILL');
    proxy = await start();
    return moment;
  }

  /** Returns whether a checkpoint began in time. Only a checkpoint writes to the database file itself. */
  async function waitForCheckpoint(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const watcher = watch(file, () => resolve(true));
    const hasStarted = await Promise.race([promise, sleep(MAX_LIFE_MS, false)]);
    watcher.close();
    return hasStarted;
  }

  async function waitForAcknowledgements(count: number): Promise<void> {
    const target = load.acknowledgedCount + count;
    const end = Date.now() + MAX_LIFE_MS;
    while (load.acknowledgedCount < target && Date.now() < end) await sleep(1);
  }
}
