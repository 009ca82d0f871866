/** A proxy is killed with SIGKILL again and again, at moments that chance chooses, and started again each time. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { createRecruiterClient, type SseFrame } from '../api-client.ts';
import { startEvalon } from '../evalon.ts';
import { waitFor } from '../eventually.ts';
import {
  buildProxySettings,
  createTempFolder,
  findFreePort,
  type SpawnedProxy,
  spawnProxyProcess,
  startProxyProcess,
} from '../proxy.ts';
import { startResumingClient } from '../resuming-client.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { mintToken } from '../token.ts';
import { checkInvariants, type InvariantReport } from './invariants.ts';
import { startLoadGenerator } from './load.ts';

export interface KillOptions {
  rounds: number;
  seed: number;
  /** Calls of Evalon a minute. */
  callsPerMinute: number;
  /** Rows of each batch, and of the first one and every tenth. */
  batchRows: number;
  largeBatchRows: number;
  /** Milliseconds in which a candidate takes the next step, at the most. */
  maxStepMs: number;
  log?: (line: string) => void;
}

/** When it was killed: before it served, while it served, and when it began to move its log into the database. */
export type KillMoment = 'starting' | 'serving' | 'checkpoint';

export interface KillReport extends InvariantReport {
  killsByMoment: Record<KillMoment, number>;
}

/** Milliseconds until one has to serve: this is no test of speed. */
const START_LIMIT = 120_000;
/** Milliseconds in which a start is interrupted, and for which the others live at the most. */
const START = 1_500;
const LIFE = 10_000;
/** Acknowledgements after which one is killed, at the most, and milliseconds from the last of them. */
const ACKNOWLEDGED = 150;
const AFTERWARDS = 20;
/** Milliseconds that Evalon takes for an answer after it has done what was asked. */
const LATE = 60;
const READERS = 3;
/** Candidates that one stream watches at the most. */
const WATCHED = 2_000;
/** Milliseconds for a reader to be told everything once more. */
const REPLAY = 60_000;
/** Milliseconds for what is left after the last kill. */
const PATIENCE = 30 * 60_000;

export async function runKillRounds({
  rounds,
  seed,
  callsPerMinute: rate,
  batchRows: rows,
  largeBatchRows: large,
  maxStepMs: step,
  log: tell = () => {},
}: KillOptions): Promise<KillReport> {
  const random = createSeededRandom(seed);
  const { folder, remove } = createTempFolder();
  const file = join(folder, 'evalon.db');
  const evalon = await startEvalon();
  evalon.injectFault('create', { fault: 'late-response', ms: LATE });
  evalon.injectFault('batch', { fault: 'late-response', ms: LATE });
  const settings = buildProxySettings(evalon, {
    DATABASE_URL: `file:${file}`,
    PORT: String(await findFreePort()),
    EVALON_RATE_PER_MINUTE: String(rate),
    LOG_LEVEL: 'error',
  });
  let proxy: Pick<SpawnedProxy, 'kill' | 'output'> & { url: string } = await startProxyProcess(settings, {
    limit: START_LIMIT,
  });
  const { url } = proxy;
  const page = await createRecruiterClient(url, { exp: Math.floor(Date.now() / 1_000) + 900 });
  const { cursor } = (await page.query({ candidate_email: 'nobody@example.com' })).body;
  const load = startLoadGenerator(evalon, url, { random: createSeededRandom(seed + 1), step });
  const people = Array.from({ length: WATCHED }, (_, n) => ({ candidate_email: `person-${n + 1}@example.com` }));
  const readers = Array.from({ length: READERS }, () =>
    startResumingClient(url, { token: () => mintToken(), candidates: people, cursor }),
  );
  const moments: Record<KillMoment, number> = { starting: 0, serving: 0, checkpoint: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      load.addLoad(round % 10 ? rows : large);
      const moment = await killAtSomeMoment();
      moments[moment] += 1;
      tell(`round ${round + 1} of ${rounds}: killed ${moment}; ${load.acknowledgedCount} acknowledgements`);
    }
    if (load.candidateKeys.size > WATCHED) throw new Error(`nobody watches all of ${load.candidateKeys.size} people`);
    await load.waitUntilDone();
    tell(`all is acknowledged: ${load.acknowledgedCount}`);
    const log = await wholeLog(load.sessions.length);
    const last = log.at(-1)?.id;
    await waitFor(() => readers.every(({ frames }) => frames.at(-1)?.id === last), { deadline: 30_000 });
    const seen = readers.map(({ frames }) => frames);
    return {
      killsByMoment: moments,
      ...(await checkInvariants({ evalon, load, file, page: await createRecruiterClient(url) }, seen, log)),
    };
  } finally {
    for (const reader of readers) reader.close();
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  }

  /** Kills the one that serves, or its successor while it starts. */
  async function killAtSomeMoment(): Promise<KillMoment> {
    const luck = random();
    if (luck < 0.25) {
      await proxy.kill('SIGKILL');
      const starting = spawnProxyProcess(settings);
      proxy = { ...starting, url };
      await pass(random() * START);
      await starting.kill('SIGKILL');
      proxy = await startProxyProcess(settings, { limit: START_LIMIT });
      return 'starting';
    }
    const moment = luck < 0.5 && (await nextCheckpoint()) ? 'checkpoint' : 'serving';
    if (moment === 'serving') await nextAcknowledgements(random() * ACKNOWLEDGED);
    await pass(random() * AFTERWARDS);
    await proxy.kill('SIGKILL');
    proxy = await startProxyProcess(settings, { limit: START_LIMIT });
    return moment;
  }

  /** The database file itself is written to by a checkpoint only. Answers whether there was one. */
  async function nextCheckpoint(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const watcher = watch(file, () => resolve(true));
    const came = await Promise.race([promise, pass(LIFE, false)]);
    watcher.close();
    return came;
  }

  async function nextAcknowledgements(count: number): Promise<void> {
    const wanted = load.acknowledgedCount + count;
    await waitFor(() => load.acknowledgedCount >= wanted, { deadline: LIFE, every: 1 }).catch(() => {});
  }

  /** Everything that the log holds, when there is nothing left to do. */
  async function wholeLog(journeys: number): Promise<SseFrame[]> {
    return waitFor(
      async () => {
        const reader = await createRecruiterClient(url);
        const isDone = (
          await Promise.all(load.batches.map(({ batchId: id }) => reader.get(`/v1/batches/${id}`)))
        ).every(({ body }) => body.counts?.queued === 0);
        if (!isDone) return undefined;
        const stream = await reader.openStream(people, cursor);
        const completed = () => stream.frames.filter(({ data }) => data.status === 'completed' && !data.last_event);
        const whole = await waitFor(() => new Set(completed().map(({ data }) => data.session_uuid)).size >= journeys, {
          deadline: REPLAY,
          every: 250,
        }).then(
          () => true,
          () => false,
        );
        stream.close();
        return whole && stream.frames;
      },
      { deadline: PATIENCE, every: 2_000 },
    );
  }
}
