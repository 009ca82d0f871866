/** Keeps a stream idle for 5 minutes behind nginx and HAProxy, configured as documented. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { startProxy } from '../support/proxy.ts';
import { isInstalled, type ReverseProxyKind, startReverseProxy } from '../support/reverse-proxies.ts';
import type { SoakResult } from './soak-result.ts';

const IDLE_MS = 5 * 60_000;
const MAX_LATENCY_MS = 200;

export async function soakIdle(): Promise<SoakResult[]> {
  const results = await Promise.all((['nginx', 'haproxy'] as ReverseProxyKind[]).map(soakIdleBehind));
  return results.flat();
}

async function soakIdleBehind(kind: ReverseProxyKind): Promise<SoakResult[]> {
  if (!isInstalled(kind)) {
    console.log(`SKIPPED ${kind}: it is not installed (Debian: apt-get install -y ${kind})`);
    return [];
  }
  const evalon = await startEvalon();
  const proxy = await startProxy(evalon);
  const reverseProxy = await startReverseProxy(kind, proxy.url);
  try {
    const recruiter = await createRecruiterClient(reverseProxy.url);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const stream = await recruiter.openStream([{ candidate_email: JANE.candidate_email }]);
    const measureLatency = async (status: string) => {
      const start = performance.now();
      await evalon.sendEvent(uuid, `session.${status}`);
      await stream.waitForFrame(({ data }) => data.status === status);
      return performance.now() - start;
    };
    const toResult = (when: string, value: number): SoakResult => ({
      what: `${kind}: time from a webhook to its frame, ${when}`,
      value,
      unit: 'ms',
      holds: value < MAX_LATENCY_MS,
    });
    const before = await measureLatency('opened');
    await sleep(IDLE_MS);
    // If the reverse proxy has closed the stream, no frame arrives: the infinite time fails the requirement.
    const after = await measureLatency('started').catch(() => Number.POSITIVE_INFINITY);
    stream.close();
    return [toResult('before the idle time', before), toResult(`after ${IDLE_MS / 60_000} idle minutes`, after)];
  } finally {
    await reverseProxy.stop();
    await proxy.close();
    await evalon.close();
  }
}
