import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { isInstalled, type ReverseProxyKind, startReverseProxy } from '../../support/reverse-proxies.ts';
import { startStack } from '../../support/start-stack.ts';

/**
 * The idle timeout of the reverse proxy. It is shorter than the 15 s that the contract allows between heartbeats, but
 * longer than the interval at which the proxy sends heartbeats.
 */
const IDLE_SECONDS = 12;

describe('behind a documented reverse proxy', { concurrency: true }, () => {
  for (const kind of ['nginx', 'haproxy'] as ReverseProxyKind[]) {
    const skip = !isInstalled(kind) && `${kind} is not installed (Debian: apt-get install -y ${kind})`;

    it(`${kind}: an idle stream survives`, { skip }, async (test) => {
      const { evalon, proxy, recruiter } = await startStack(test);
      const reverseProxy = await startReverseProxy(kind, proxy.url, IDLE_SECONDS);
      test.after(() => reverseProxy.stop());
      const uuid = (await recruiter.invite()).body.session_uuid;
      const candidates = [{ candidate_email: JANE.candidate_email }];
      const stream = await (await createRecruiterClient(reverseProxy.url)).openStream(candidates);
      const idleSince = performance.now();
      await waitFor(() => performance.now() - idleSince > 2 * IDLE_SECONDS * 1_000, {
        timeoutMs: 3 * IDLE_SECONDS * 1_000,
        intervalMs: 500,
      });
      await evalon.sendEvent(uuid, 'session.started');
      await stream.waitForFrame(({ data }) => data.status === 'started');
      stream.close();
    });
  }
});
