/** The proxy is told to end under many streams, while webhooks come in, and is started again at the same address. */
import { join } from 'node:path';
import { LIMITS } from '../../proxy/http/request-limits.ts';
import { createRecruiterClient, JANE } from './api-client.ts';
import { startEvalon } from './evalon.ts';
import { waitFor } from './eventually.ts';
import { buildProxySettings, createTempFolder, findFreePort, startProxyProcess, webhookUrl } from './proxy.ts';
import { startResumingClient } from './resuming-client.ts';
import { mintToken } from './token.ts';

export interface RestartReport {
  streamCount: number;
  /** What `/readyz` answered right after the signal. */
  readyzStatus: number;
  exitCode: number | null;
  /** Milliseconds from the signal to the exit. */
  exitAfterMs: number;
  /** The most streams that came back in any second. */
  maxReconnectsPerSecond: number;
  /** Milliseconds from the exit until the last stream was back. */
  allReconnectedAfterMs: number;
  /** Attempts that found nobody. */
  refusedConnections: number;
  /** Webhooks that were acknowledged. */
  acknowledgedWebhooks: number;
  /** Readers that have not seen each of them exactly once. */
  incompleteClients: number;
}

/** Milliseconds between two webhooks. */
const PACE = 200;

export async function restartUnderLoad(streams: number): Promise<RestartReport> {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const settings = buildProxySettings(evalon, {
    DATABASE_URL: `file:${join(folder, 'evalon.db')}`,
    PORT: String(await findFreePort()),
  });
  let proxy = await startProxyProcess(settings);
  const { url } = proxy;
  const page = await createRecruiterClient(url);
  const { session_uuid } = (await page.invite()).body;
  const { cursor } = (await page.query({ candidate_email: JANE.candidate_email })).body;
  const tokens = await Promise.all(
    Array.from({ length: Math.ceil(streams / LIMITS.maxStreamsPerRecruiter) }, (_, n) =>
      mintToken({ sub: `r${n}`, exp: Math.floor(Date.now() / 1_000) + 900 }),
    ),
  );
  const readers = Array.from({ length: streams }, (_, n) =>
    startResumingClient(url, {
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
    await waitFor(() => readers.every(({ accepted }) => accepted.length === 1), { deadline: 60_000 });
    await waitFor(() => acknowledged.length > 3);
    const signalled = performance.now();
    const exiting = proxy.kill('SIGTERM');
    const readiness = await waitFor(async () => {
      const { status } = await fetch(`${url}/readyz`);
      return status === 200 ? 0 : status;
    });
    const exit = await exiting;
    const exited = performance.now();
    proxy = await startProxyProcess(settings);
    await waitFor(() => readers.every(({ accepted }) => accepted.length >= 2), { deadline: 60_000, every: 100 });
    clearInterval(publishing);
    await publish();
    const isComplete = ({ frames }: { frames: { data: { last_event?: string } }[] }) => {
      const seen = frames.map(({ data }) => data.last_event);
      return new Set(seen).size === seen.length && acknowledged.every((event) => seen.includes(event));
    };
    await waitFor(() => readers.every(isComplete), { deadline: 20_000, every: 250 }).catch(() => {});
    const back = readers.map(({ accepted }) => accepted[1] ?? Number.NaN).sort((a, b) => a - b);
    return {
      streamCount: streams,
      readyzStatus: readiness,
      exitCode: exit,
      exitAfterMs: exited - signalled,
      maxReconnectsPerSecond: Math.max(
        ...back.map((from) => back.filter((at) => at >= from && at < from + 1_000).length),
      ),
      allReconnectedAfterMs: (back.at(-1) ?? Number.NaN) - exited,
      refusedConnections: readers.reduce((sum, { refused }) => sum + refused, 0),
      acknowledgedWebhooks: acknowledged.length,
      incompleteClients: readers.filter((reader) => !isComplete(reader)).length,
    };
  } finally {
    clearInterval(publishing);
    for (const reader of readers) reader.close();
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  }
}
