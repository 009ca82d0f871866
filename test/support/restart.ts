/** The proxy is told to end under many streams, while webhooks come in, and is started again at the same address. */
import { join } from 'node:path';
import { LIMITS } from '../../proxy/http/request-limits.ts';
import { JANE, recruiterAt } from './api-client.ts';
import { startEvalon } from './evalon.ts';
import { eventually } from './eventually.ts';
import { freePort, settingsFor, spawnProxy, temporaryFolder, webhookUrl } from './proxy.ts';
import { startReturning } from './resuming-client.ts';
import { mintToken } from './token.ts';

export interface Restart {
  streams: number;
  /** What `/readyz` answered right after the signal. */
  readiness: number;
  exit: number | null;
  /** Milliseconds from the signal to the exit. */
  exitAfter: number;
  /** The most streams that came back in any second. */
  mostInASecond: number;
  /** Milliseconds from the exit until the last stream was back. */
  allBackAfter: number;
  /** Attempts that found nobody. */
  refused: number;
  /** Webhooks that were acknowledged. */
  acknowledged: number;
  /** Readers that have not seen each of them exactly once. */
  incomplete: number;
}

/** Milliseconds between two webhooks. */
const PACE = 200;

export async function restartUnder(streams: number): Promise<Restart> {
  const { folder, remove } = temporaryFolder();
  const evalon = await startEvalon();
  const settings = settingsFor(evalon, {
    DATABASE_URL: `file:${join(folder, 'evalon.db')}`,
    PORT: String(await freePort()),
  });
  let proxy = await spawnProxy(settings);
  const { url } = proxy;
  const page = await recruiterAt(url);
  const { session_uuid } = (await page.invite()).body;
  const { cursor } = (await page.query({ candidate_email: JANE.candidate_email })).body;
  const tokens = await Promise.all(
    Array.from({ length: Math.ceil(streams / LIMITS.streamsPerRecruiter) }, (_, n) =>
      mintToken({ sub: `r${n}`, exp: Math.floor(Date.now() / 1_000) + 900 }),
    ),
  );
  const readers = Array.from({ length: streams }, (_, n) =>
    startReturning(url, {
      token: tokens[n % tokens.length] ?? '',
      candidates: [{ candidate_email: JANE.candidate_email }],
      cursor,
    }),
  );
  const acknowledged: string[] = [];
  let sent = 0;
  async function publish(): Promise<void> {
    const event = `session.seen_${++sent}`;
    const answer = await fetch(webhookUrl(url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event, session_uuid }),
    }).catch(() => undefined);
    if (answer?.status === 202) acknowledged.push(event);
  }
  const publishing = setInterval(() => void publish(), PACE);
  try {
    await eventually(() => readers.every(({ accepted }) => accepted.length === 1), { deadline: 60_000 });
    await eventually(() => acknowledged.length > 3);
    const signalled = performance.now();
    const exiting = proxy.kill('SIGTERM');
    const readiness = await eventually(async () => {
      const { status } = await fetch(`${url}/readyz`);
      return status === 200 ? 0 : status;
    });
    const exit = await exiting;
    const exited = performance.now();
    proxy = await spawnProxy(settings);
    await eventually(() => readers.every(({ accepted }) => accepted.length >= 2), { deadline: 60_000, every: 100 });
    clearInterval(publishing);
    await publish();
    const isComplete = ({ frames }: { frames: { data: { last_event?: string } }[] }) => {
      const seen = frames.map(({ data }) => data.last_event);
      return new Set(seen).size === seen.length && acknowledged.every((event) => seen.includes(event));
    };
    await eventually(() => readers.every(isComplete), { deadline: 20_000, every: 250 }).catch(() => {});
    const back = readers.map(({ accepted }) => accepted[1] ?? Number.NaN).sort((a, b) => a - b);
    return {
      streams,
      readiness,
      exit,
      exitAfter: exited - signalled,
      mostInASecond: Math.max(...back.map((from) => back.filter((at) => at >= from && at < from + 1_000).length)),
      allBackAfter: (back.at(-1) ?? Number.NaN) - exited,
      refused: readers.reduce((sum, { refused }) => sum + refused, 0),
      acknowledged: acknowledged.length,
      incomplete: readers.filter((reader) => !isComplete(reader)).length,
    };
  } finally {
    clearInterval(publishing);
    for (const reader of readers) reader.close();
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  }
}
