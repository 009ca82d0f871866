/** A stream on which nothing happens for 5 minutes, behind nginx and HAProxy as documented. */
import { setTimeout as pass } from 'node:timers/promises';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { startProxy } from '../support/proxy.ts';
import { type GatewayKind, isInstalled, startGateway } from '../support/reverse-proxies.ts';
import type { SoakResult } from './measured.ts';

const QUIET = 5 * 60_000;
/** Milliseconds until a frame has to be there. */
const BOUND = 200;

export async function soakIdle(): Promise<SoakResult[]> {
  const measured = await Promise.all((['nginx', 'haproxy'] as GatewayKind[]).map(idleBehind));
  return measured.flat();
}

async function idleBehind(kind: GatewayKind): Promise<SoakResult[]> {
  if (!isInstalled(kind)) {
    console.log(`SKIPPED ${kind}: it is not installed (Debian: apt-get install -y ${kind})`);
    return [];
  }
  const evalon = await startEvalon();
  const proxy = await startProxy(evalon);
  const gateway = await startGateway(kind, proxy.url);
  try {
    const page = await createRecruiterClient(gateway.url);
    const uuid = (await page.invite()).body.session_uuid;
    const stream = await page.openStream([{ candidate_email: JANE.candidate_email }]);
    const timed = async (status: string) => {
      const start = performance.now();
      await evalon.sendEvent(uuid, `session.${status}`);
      await stream.waitForFrame(({ data }) => data.status === status);
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
