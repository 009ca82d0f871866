/** Stops the proxy under many streams while webhooks arrive, and starts it again at the same URL. */
import { join } from 'node:path';
import { LIMITS } from '../../proxy/http/request-limits.ts';
import { createRecruiterClient, JANE } from './api-client.ts';
import { startEvalon } from './evalon.ts';
import { waitFor } from './eventually.ts';
import { findFreePort } from './free-port.ts';
import { buildProxySettings, createTempFolder, startProxyProcess, webhookUrl } from './proxy.ts';
import { startResumingClient } from './resuming-client.ts';
import { mintToken } from './token.ts';

export interface RestartReport {
  streamCount: number;
  /** The first status other than 200 that `/readyz` returns after the signal. */
  readyzStatus: number;
  exitCode: number | null;
  /** Milliseconds from the signal to the exit. */
  exitAfterMs: number;
  /** The maximum number of streams that reconnected within a second. */
  maxReconnectsPerSecond: number;
  /** Milliseconds from the exit until the last stream reconnected. */
  allReconnectedAfterMs: number;
  /** Connection attempts without an accepted stream. */
  failedAttemptCount: number;
  acknowledgedWebhookCount: number;
  /** Clients that did not receive each acknowledged webhook exactly once. */
  incompleteClientCount: number;
}

const WEBHOOK_INTERVAL_MS = 200;
const TOKEN_LIFETIME_SECONDS = 900;

export async function restartUnderLoad(streamCount: number): Promise<RestartReport> {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const settings = buildProxySettings(evalon, {
    DATABASE_URL: `file:${join(folder, 'evalon.db')}`,
    PORT: String(await findFreePort()),
  });
  let proxy = await startProxyProcess(settings);
  const { url } = proxy;
  const recruiter = await createRecruiterClient(url);
  const { session_uuid } = (await recruiter.invite()).body;
  const { cursor } = (await recruiter.query({ candidate_email: JANE.candidate_email })).body;
  const tokens = await Promise.all(
    Array.from({ length: Math.ceil(streamCount / LIMITS.maxStreamsPerRecruiter) }, (_, n) =>
      mintToken({ sub: `r${n}`, exp: Math.floor(Date.now() / 1_000) + TOKEN_LIFETIME_SECONDS }),
    ),
  );
  const clients = Array.from({ length: streamCount }, (_, n) =>
    startResumingClient(url, {
      token: tokens[n % tokens.length] ?? '',
      candidates: [{ candidate_email: JANE.candidate_email }],
      cursor,
    }),
  );
  const acknowledged: string[] = [];
  let sentCount = 0;
  async function sendWebhook(): Promise<void> {
    const event = `session.seen_${++sentCount}`;
    const response = await fetch(webhookUrl(url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event, session_uuid }),
    }).catch(() => undefined);
    if (response?.status === 202) acknowledged.push(event);
  }
  const sending = setInterval(() => void sendWebhook(), WEBHOOK_INTERVAL_MS);
  try {
    await waitFor(() => clients.every(({ acceptedAt }) => acceptedAt.length === 1), { timeoutMs: 60_000 });
    await waitFor(() => acknowledged.length > 3);
    const signalledAt = performance.now();
    const exiting = proxy.kill('SIGTERM');
    const readyzStatus = await waitFor(async () => {
      const { status } = await fetch(`${url}/readyz`);
      return status === 200 ? 0 : status;
    });
    const exitCode = await exiting;
    const exitedAt = performance.now();
    proxy = await startProxyProcess(settings);
    await waitFor(() => clients.every(({ acceptedAt }) => acceptedAt.length >= 2), {
      timeoutMs: 60_000,
      intervalMs: 100,
    });
    clearInterval(sending);
    await sendWebhook();
    const isComplete = ({ frames }: { frames: { data: { last_event?: string } }[] }) => {
      const seen = frames.map(({ data }) => data.last_event);
      return new Set(seen).size === seen.length && acknowledged.every((event) => seen.includes(event));
    };
    // If the time is over, the report counts the incomplete clients.
    await waitFor(() => clients.every(isComplete), { timeoutMs: 20_000, intervalMs: 250 }).catch(() => {});
    const reconnectedAt = clients.map(({ acceptedAt }) => acceptedAt[1] ?? Number.NaN).sort((a, b) => a - b);
    return {
      streamCount,
      readyzStatus,
      exitCode,
      exitAfterMs: exitedAt - signalledAt,
      maxReconnectsPerSecond: Math.max(
        ...reconnectedAt.map((from) => reconnectedAt.filter((at) => at >= from && at < from + 1_000).length),
      ),
      allReconnectedAfterMs: (reconnectedAt.at(-1) ?? Number.NaN) - exitedAt,
      failedAttemptCount: clients.reduce((sum, { failedAttempts }) => sum + failedAttempts, 0),
      acknowledgedWebhookCount: acknowledged.length,
      incompleteClientCount: clients.filter((client) => !isComplete(client)).length,
    };
  } finally {
    clearInterval(sending);
    for (const client of clients) client.close();
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  }
}
