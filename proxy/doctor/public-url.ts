/**
 * The proxy as browsers reach it. It may rightly not be running yet, and this machine may not reach its own public
 * address: what does not answer is a warning.
 */

import type { Config } from '../config/config.ts';
import * as ROUTES from '../contract/routes.ts';
import type { Clock } from '../util/clock.ts';
import { type CheckResult, describeError, fail, ok, runCheck, warn } from './check-result.ts';
import { mintProbeToken, PROBE_PROJECT_ID } from './probe-token.ts';

/** Milliseconds until the first bytes of a stream; more means that something on the way collects them. */
const MAX_FIRST_BYTE_MS = 2_000;

export async function checkProxyUrl(config: Config, clock: Clock): Promise<CheckResult[]> {
  const url = config.publicUrl ?? localUrl(config);
  if (!url) return [warn('PORT is 0, so it is not known where the proxy listens', 'give it a port')];
  const findings = await runCheck(clock, url, (signal) => checkReady(url, config, signal));
  if (findings.some(({ level }) => level !== 'ok')) return findings;
  const { hostTokens } = config;
  const secret = hostTokens?.secret;
  const mint = secret && (() => mintProbeToken(secret, hostTokens, clock));
  const more = await Promise.all([
    runCheck(clock, `${url}${ROUTES.loader}`, (signal) => checkLoader(url, signal)),
    mint ? runCheck(clock, `${url}${ROUTES.events}`, (signal) => checkStream(url, mint, clock, signal)) : [],
  ]);
  return [...findings, ...more.flat()];
}

/** Where to ask on this machine; undefined where the port is any free one. */
function localUrl({ host, port }: Config): string | undefined {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return port ? `http://${name.includes(':') ? `[${name}]` : name}:${port}` : undefined;
}

async function checkReady(url: string, { host, port, publicUrl }: Config, signal: AbortSignal): Promise<CheckResult[]> {
  const way = `start the proxy (npm start)${publicUrl ? `, and see that ${publicUrl} leads to ${host}:${port}` : ''}`;
  try {
    const response = await fetch(`${url}${ROUTES.ready}`, { redirect: 'manual', signal });
    const { status } = response;
    const { status: state, code } = toRecord(await response.json().catch(() => undefined));
    if (status === 200 && state === 'ready') return [ok(`the proxy answers at ${url}`)];
    if (status === 503 && code === 'unavailable') {
      return [warn(`the proxy at ${url} is not ready (503)`, 'read its log')];
    }
    return status >= 502 && status <= 504
      ? [warn(`what stands before the proxy at ${url} does not reach it (${status})`, way)]
      : [warn(`something that is not the proxy answers at ${url} (${status})`, way)];
  } catch (error) {
    return [warn(`the proxy does not answer at ${url}, asked from this machine (${describeError(error)})`, way)];
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
    ? [ok(`the script tag's file is at ${address}`)]
    : [
        warn(
          `the script tag's file is not at ${address} (${response.status})`,
          'build it (npm run build), and let every path of the address reach the proxy',
        ),
      ];
}

async function checkStream(
  url: string,
  mint: () => Promise<string>,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const address = `${url}${ROUTES.events}`;
  const token = await mint();
  const sent = clock.now();
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        candidates: [{ candidate_email: 'nobody@doctor.invalid', project_id: PROBE_PROJECT_ID }],
      }),
      redirect: 'manual',
      signal,
    });
    if (response.status === 401) {
      return [
        fail(
          `the proxy at ${url} refuses a token that these settings mint (401)`,
          'see that it runs with this HOST_TOKEN_SECRET, HOST_TOKEN_ISSUER and HOST_TOKEN_AUDIENCE, and that the clocks agree',
        ),
      ];
    }
    if (response.status !== 200 || !response.body) {
      return [
        warn(`no stream begins at ${address} (${response.status})`, 'let every path of the address reach the proxy'),
      ];
    }
    const reader = response.body.getReader();
    await reader.read();
    const took = clock.now() - sent;
    await reader.cancel();
    return took <= MAX_FIRST_BYTE_MS ? [ok(`a stream begins at once at ${address}`)] : [warnBuffered(address)];
  } catch (error) {
    if (signal.aborted) return [warnBuffered(address)];
    return [warn(`the stream at ${address} broke off (${describeError(error)})`, 'see what ends it on the way')];
  }
}

function warnBuffered(address: string): CheckResult {
  return warn(
    `a stream at ${address} does not begin within ${MAX_FIRST_BYTE_MS / 1_000} s: something on the way buffers it, and pages will not change by themselves`,
    'switch buffering off in the reverse proxy for this path',
  );
}
