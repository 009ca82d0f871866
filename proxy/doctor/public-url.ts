/**
 * Checks the proxy at the URL that browsers use. If the proxy does not respond, the check only warns: the proxy may not
 * be running yet, or this machine may not reach the public URL.
 */
import { buildLocalUrl, type Config } from '../config/config.ts';
import * as ROUTES from '../contract/routes.ts';
import type { Clock } from '../util/clock.ts';
import { type CheckResult, describeError, fail, ok, runCheck, warn } from './check-result.ts';
import { mintProbeToken, PROBE_PROJECT_ID } from './probe-token.ts';

/** If the first byte of a stream takes longer, a reverse proxy buffers the stream. */
const MAX_FIRST_BYTE_MS = 2_000;

export async function checkProxyUrl(config: Config, clock: Clock): Promise<CheckResult[]> {
  const url = config.publicUrl ?? (config.port ? buildLocalUrl(config.host, config.port) : undefined);
  if (!url) return [warn("PORT is 0, so the proxy's URL is unknown", 'set a port')];
  const readiness = await runCheck(clock, url, (signal) => checkReady(url, config, signal));
  if (readiness.some(({ level }) => level !== 'ok')) return readiness;
  const { hostTokens } = config;
  const secret = hostTokens?.secret;
  const mintToken = secret && (() => mintProbeToken(secret, hostTokens, clock));
  const results = await Promise.all([
    runCheck(clock, `${url}${ROUTES.loader}`, (signal) => checkLoader(url, signal)),
    mintToken ? runCheck(clock, `${url}${ROUTES.events}`, (signal) => checkStream(url, mintToken, clock, signal)) : [],
  ]);
  return [...readiness, ...results.flat()];
}

async function checkReady(url: string, { host, port, publicUrl }: Config, signal: AbortSignal): Promise<CheckResult[]> {
  const fix = `start the proxy (npm start)${publicUrl ? `, and make sure that ${publicUrl} leads to ${host}:${port}` : ''}`;
  try {
    const response = await fetch(`${url}${ROUTES.ready}`, { redirect: 'manual', signal });
    const { status } = response;
    const { status: state, code } = toRecord(await response.json().catch(() => undefined));
    if (status === 200 && state === 'ready') return [ok(`the proxy responds at ${url}`)];
    if (status === 503 && code === 'unavailable') {
      return [warn(`the proxy at ${url} is not ready (503)`, 'read its log')];
    }
    return status >= 502 && status <= 504
      ? [warn(`the reverse proxy at ${url} does not reach the proxy (${status})`, fix)]
      : [warn(`another server responds at ${url} (${status})`, fix)];
  } catch (error) {
    return [warn(`the proxy does not respond at ${url} to this machine (${describeError(error)})`, fix)];
  }
}

function toRecord(value: unknown): { status?: unknown; code?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}

async function checkLoader(url: string, signal: AbortSignal): Promise<CheckResult[]> {
  const address = `${url}${ROUTES.loader}`;
  const response = await fetch(address, { redirect: 'manual', signal });
  await response.body?.cancel();
  const isScript = response.headers.get('content-type')?.includes('javascript');
  return response.status === 200 && isScript
    ? [ok(`the script for the script tag is at ${address}`)]
    : [
        warn(
          `the script for the script tag is not at ${address} (${response.status})`,
          'build it (npm run build), and let every path below the URL reach the proxy',
        ),
      ];
}

async function checkStream(
  url: string,
  mintToken: () => Promise<string>,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const address = `${url}${ROUTES.events}`;
  const token = await mintToken();
  const sentAtMs = clock.now();
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        candidates: [{ candidate_email: 'probe@doctor.invalid', project_id: PROBE_PROJECT_ID }],
      }),
      redirect: 'manual',
      signal,
    });
    if (response.status === 401) {
      return [
        fail(
          `the proxy at ${url} refuses a token minted with these settings (401)`,
          'make sure that it runs with this HOST_TOKEN_SECRET, HOST_TOKEN_ISSUER and HOST_TOKEN_AUDIENCE, and synchronize the clocks',
        ),
      ];
    }
    if (response.status !== 200 || !response.body) {
      return [
        warn(`no stream starts at ${address} (${response.status})`, 'let every path of the address reach the proxy'),
      ];
    }
    const reader = response.body.getReader();
    await reader.read();
    const firstByteMs = clock.now() - sentAtMs;
    await reader.cancel();
    return firstByteMs <= MAX_FIRST_BYTE_MS
      ? [ok(`a stream starts immediately at ${address}`)]
      : [warnBuffered(address)];
  } catch (error) {
    if (signal.aborted) return [warnBuffered(address)];
    return [warn(`the stream at ${address} was interrupted (${describeError(error)})`, 'find what ends it on the way')];
  }
}

function warnBuffered(address: string): CheckResult {
  return warn(
    `a stream at ${address} does not start within ${MAX_FIRST_BYTE_MS / 1_000} s: a reverse proxy buffers it, so pages will not update live`,
    'switch buffering off in the reverse proxy for this path',
  );
}
