/** A stream on which nothing happens for 5 minutes, behind nginx and HAProxy as documented. */
import { setTimeout as pass } from 'node:timers/promises';
import { JANE, recruiterAt } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { startProxy } from '../support/proxy.ts';
import { isInstalled, type Kind, startGateway } from '../support/reverse-proxies.ts';
import type { Measured } from './measured.ts';

const QUIET = 5 * 60_000;
/** Milliseconds until a frame has to be there. */
const BOUND = 200;

export async function idle(): Promise<Measured[]> {
  const measured = await Promise.all((['nginx', 'haproxy'] as Kind[]).map(idleBehind));
  return measured.flat();
}

async function idleBehind(kind: Kind): Promise<Measured[]> {
  if (!isInstalled(kind)) {
    console.log(`SKIPPED ${kind}: it is not installed (Debian: apt-get install -y ${kind})`);
    return [];
  }
  const evalon = await startEvalon();
  const proxy = await startProxy(evalon);
  const gateway = await startGateway(kind, proxy.url);
  try {
    const page = await recruiterAt(gateway.url);
    const uuid = (await page.invite()).body.session_uuid;
    const stream = await page.stream([{ candidate_email: JANE.candidate_email }]);
    const timed = async (status: string) => {
      const start = performance.now();
      await evalon.event(uuid, `session.${status}`);
      await stream.frame(({ data }) => data.status === status);
      return performance.now() - start;
    };
    const first = await timed('opened');
    await pass(QUIET);
    const after = await timed('started').catch(() => Number.POSITIVE_INFINITY);
    stream.close();
    return [
      { what: `${kind}: webhook to frame, at first`, value: first, unit: 'ms', holds: first < BOUND },
      {
        what: `${kind}: webhook to frame, after ${QUIET / 60_000} quiet minutes`,
        value: after,
        unit: 'ms',
        holds: after < BOUND,
      },
    ];
  } finally {
    await gateway.stop();
    await proxy.close();
    await evalon.close();
  }
}
