/**
 * Checks Evalon with one call per key, and with one call without a key if Evalon accepts a key. Each call is for a
 * session that does not exist. Assumes that Evalon then returns 404 or 409 only if it accepts the key.
 */
import type { Config } from '../config/config.ts';
import { type ProbeResult, probeKey } from '../evalon/check-api.ts';
import type { Clock } from '../util/clock.ts';
import { type CheckResult, describeError, fail, ok, warn } from './check-result.ts';

interface KeyProbe extends ProbeResult {
  /** Seconds that this machine's clock is ahead of Evalon's. */
  clockAheadSeconds?: number;
}

/** Above this difference the proxy refuses valid tokens (auth/host-token.ts). */
const CLOCK_TOLERANCE_SECONDS = 60;
const CLOCK_WARNING_SECONDS = 30;

type Evalon = Pick<Config['evalon'], 'apiKeys'> & { baseUrl: string };

export async function checkEvalon(
  { baseUrl, apiKeys }: Evalon,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const probes = await Promise.allSettled(
    apiKeys.map(async (key): Promise<KeyProbe> => {
      const sentAtMs = clock.now();
      const probe = await probeKey(baseUrl, key, signal);
      if (probe.serverTimeMs === undefined) return probe;
      // Assumes that Evalon read its clock halfway between sending and receiving.
      const localTimeMs = (sentAtMs + clock.now()) / 2;
      // The header `Date` has whole seconds, so Evalon's time was half a second later on average.
      return { ...probe, clockAheadSeconds: (localTimeMs - (probe.serverTimeMs + 500)) / 1_000 };
    }),
  );
  const responses = probes.flatMap((probe) => (probe.status === 'fulfilled' ? probe.value : []));
  const failedProbe = probes.find((probe) => probe.status === 'rejected');
  if (!responses.length) return [failUnreachable(baseUrl, failedProbe?.reason)];
  const isAnyKeyAccepted = responses.some(isKeyAccepted);
  const keylessProbe = isAnyKeyAccepted ? await probeKey(baseUrl, undefined, signal).catch(() => undefined) : undefined;
  const isKeyRequired = !keylessProbe || !isKeyAccepted(keylessProbe);
  return [
    ok(`${isKeyRequired ? 'Evalon' : 'a server'} responds at ${baseUrl}`),
    ...probes.map((probe, index) => {
      const name = apiKeys.length > 1 ? `EVALON_API_KEY, key ${index + 1} of ${apiKeys.length},` : 'EVALON_API_KEY';
      return probe.status === 'fulfilled'
        ? checkKey(name, probe.value, { isAnyKeyAccepted, isKeyRequired })
        : failUnreachable(baseUrl, probe.reason);
    }),
    checkClock(responses.find(({ clockAheadSeconds }) => clockAheadSeconds !== undefined)?.clockAheadSeconds),
  ];
}

function failUnreachable(baseUrl: string, error: unknown): CheckResult {
  const reason = describeError(error);
  return fail(
    `Evalon does not respond at ${baseUrl} (${reason})`,
    /CERT|SIGNED|SIGNATURE|TLS|SSL/.test(reason)
      ? 'this machine does not trust its certificate: check EVALON_BASE_URL, or set NODE_EXTRA_CA_CERTS to your own authority'
      : 'check EVALON_BASE_URL, name resolution and the firewall for outgoing https',
  );
}

const isKeyAccepted = ({ status }: Pick<KeyProbe, 'status'>) => status === 404 || status === 409;

interface KeyContext {
  /** If true, a refused key was probably rotated out. */
  isAnyKeyAccepted: boolean;
  /** If false, the server responds the same without a key, so its response proves nothing about the key. */
  isKeyRequired: boolean;
}

function checkKey(
  name: string,
  { status, hasErrorDetail }: KeyProbe,
  { isAnyKeyAccepted, isKeyRequired }: KeyContext,
): CheckResult {
  if (isKeyAccepted({ status })) {
    if (!hasErrorDetail) {
      return warn(
        `Evalon may accept ${name}, but the response (${status}) lacks Evalon's "detail"`,
        "check that EVALON_BASE_URL is the API's URL",
      );
    }
    return isKeyRequired
      ? ok(`Evalon accepts ${name}`)
      : warn(
          `${name} could not be checked: the server at EVALON_BASE_URL responds the same without a key (${status})`,
          "check that it is the API's URL",
        );
  }
  if (status === 401 && isAnyKeyAccepted)
    return warn(`Evalon refuses ${name} (401)`, 'remove it if it was rotated out');
  if (status === 401 || status === 403) {
    return fail(`Evalon refuses ${name} (${status})`, 'create a new key in the Evalon dashboard, and set it');
  }
  if (status === 429) return warn(`${name} has reached its rate limit (429)`, 'run the doctor again in a minute');
  if (status >= 300 && status < 400) {
    return fail(
      `${name} could not be checked: Evalon responded with a redirect (${status}), which the proxy never follows`,
      'set EVALON_BASE_URL to the target of the redirect',
    );
  }
  return status >= 500
    ? fail(`${name} could not be checked: Evalon responded ${status}`, 'try again later. If it persists, ask Evalon')
    : warn(`Evalon responded to ${name} with ${status}`, "check that EVALON_BASE_URL is the API's URL");
}

function checkClock(aheadSeconds: number | undefined): CheckResult {
  if (aheadSeconds === undefined) {
    return warn("this machine's clock could not be checked: Evalon sends no date", 'synchronize it (NTP)');
  }
  const seconds = Math.round(Math.abs(aheadSeconds));
  if (seconds <= CLOCK_WARNING_SECONDS) {
    return ok(`this machine's clock is within ${CLOCK_WARNING_SECONDS} s of Evalon's`);
  }
  const message = `this machine's clock is ${seconds} s ${aheadSeconds > 0 ? 'ahead of' : 'behind'} Evalon's`;
  return seconds > CLOCK_TOLERANCE_SECONDS
    ? fail(`${message}, so the proxy refuses valid tokens`, 'synchronize it (NTP)')
    : warn(message, `synchronize it (NTP): above ${CLOCK_TOLERANCE_SECONDS} s, the proxy refuses valid tokens`);
}
