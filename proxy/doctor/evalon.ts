/**
 * Evalon, asked once with each key for a session that cannot exist, and without one. That an unknown session answers 404
 * or 409 only to a key that is taken is assumed.
 */

import type { Config } from '../config/config.ts';
import { type ProbeResult, probeKey } from '../evalon/check-api.ts';
import type { Clock } from '../util/clock.ts';
import { type CheckResult, describeError, fail, ok, warn } from './check-result.ts';

interface KeyProbe extends Partial<ProbeResult> {
  status: number;
  /** Seconds that this machine's clock is ahead of Evalon's. */
  clockAheadSeconds?: number;
}

type Evalon = Pick<Config['evalon'], 'apiKeys'> & { baseUrl: string };

export async function checkEvalon({ baseUrl, apiKeys }: Evalon, clock: Clock, signal: AbortSignal) {
  const asked = await Promise.allSettled(
    apiKeys.map(async (key): Promise<KeyProbe> => {
      const sent = clock.now();
      const answer = await probeKey(baseUrl, key, signal);
      // `Date` is cut to whole seconds, and was written somewhere between sending and hearing.
      const ahead = answer.serverTimeMs && ((sent + clock.now()) / 2 - (answer.serverTimeMs + 500)) / 1_000;
      return { ...answer, ...(ahead !== undefined && { clockAheadSeconds: ahead }) };
    }),
  );
  const answers = asked.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const refused = asked.find((one) => one.status === 'rejected');
  if (!answers.length) return [failUnreachable(baseUrl, refused?.reason)];
  const isTaken = answers.some(isKeyAccepted);
  const keyless = isTaken ? await probeKey(baseUrl, undefined, signal).catch(() => undefined) : undefined;
  const asksForKeys = !keyless || !isKeyAccepted(keyless);
  return [
    ok(`${asksForKeys ? 'Evalon' : 'a server'} answers at ${baseUrl}`),
    ...asked.map((one, index) => {
      const name = apiKeys.length > 1 ? `EVALON_API_KEY, key ${index + 1} of ${apiKeys.length},` : 'EVALON_API_KEY';
      return one.status === 'fulfilled'
        ? checkKey(name, one.value, { isAnyKeyAccepted: isTaken, isKeyRequired: asksForKeys })
        : failUnreachable(baseUrl, one.reason);
    }),
    checkClock(answers.find(({ clockAheadSeconds: ahead }) => ahead !== undefined)?.clockAheadSeconds),
  ];
}

function failUnreachable(baseUrl: string, error: unknown): CheckResult {
  const reason = describeError(error);
  return fail(
    `Evalon does not answer at ${baseUrl} (${reason})`,
    /CERT|SIGNED|SIGNATURE|TLS|SSL/.test(reason)
      ? 'its certificate is not trusted here: check EVALON_BASE_URL, or name your own authority in NODE_EXTRA_CA_CERTS'
      : 'check EVALON_BASE_URL, name resolution and the firewall for outgoing https',
  );
}

/** Whether the answer is that of who has let one in. */
const isKeyAccepted = ({ status }: Pick<KeyProbe, 'status'>) => status === 404 || status === 409;

interface KeyContext {
  /** Whether a key was taken; then one that is refused is a key rotated out. */
  isAnyKeyAccepted: boolean;
  /** Whether who comes without a key is sent away: else an answer to one says nothing. */
  isKeyRequired: boolean;
}

function checkKey(
  name: string,
  { status, hasErrorDetail: hasDetail }: KeyProbe,
  { isAnyKeyAccepted: isTaken, isKeyRequired: asksForKeys }: KeyContext,
): CheckResult {
  if (isKeyAccepted({ status })) {
    if (hasDetail && !asksForKeys) {
      return warn(
        `${name} was not tried by this: who asks at EVALON_BASE_URL without a key gets the same answer (${status})`,
        'check that it is the address of the API, and no other server',
      );
    }
    return hasDetail
      ? ok(`${name} is taken by Evalon`)
      : warn(
          `${name} may be taken, but the answer (${status}) lacks the "detail" of Evalon's`,
          'check that EVALON_BASE_URL is the address of the API',
        );
  }
  if (status === 401 && isTaken) return warn(`${name} is refused by Evalon (401)`, 'remove it if it was rotated out');
  if (status === 401 || status === 403) {
    return fail(`${name} is refused by Evalon (${status})`, 'make a new one in the Evalon dashboard and set it here');
  }
  if (status === 429) return warn(`${name} is at its limit of calls (429)`, 'run this again in a minute');
  if (status >= 300 && status < 400) {
    return fail(
      `${name} could not be tried: Evalon answered with a redirect (${status}), which is never followed`,
      'set EVALON_BASE_URL to the address that it leads to',
    );
  }
  return status >= 500
    ? fail(`${name} could not be tried: Evalon answered ${status}`, 'try again later; if it goes on, ask Evalon')
    : warn(`${name} got the unexpected answer ${status}`, 'check that EVALON_BASE_URL is the address of the API');
}

function checkClock(ahead: number | undefined): CheckResult {
  if (ahead === undefined) {
    return warn("this machine's clock was not compared: Evalon sends no date", 'see that it is synchronised (NTP)');
  }
  const off = Math.round(Math.abs(ahead));
  if (off <= 30) return ok("this machine's clock is within 30 s of Evalon's");
  const seen = `this machine's clock is ${off} s ${ahead > 0 ? 'ahead of' : 'behind'} Evalon's`;
  return off > 60
    ? fail(`${seen}, and recruiters' tokens are refused from 60 s on`, 'synchronise it (NTP)')
    : warn(seen, 'synchronise it (NTP): from 60 s on tokens are refused');
}
