import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { isInstalled, type ReverseProxyKind, startReverseProxy } from '../../support/reverse-proxies.ts';
import { startStack } from '../../support/start-stack.ts';

const CANDIDATE = { candidate_email: JANE.candidate_email };
/** The idle timeout in the reverse proxy's configuration. */
const IDLE_SECONDS = 60;
/** The longest time for which the reverse proxy may delay an event. */
const MAX_DELAY_MS = 200;

describe('behind a documented reverse proxy', { concurrency: true }, () => {
  for (const kind of ['nginx', 'haproxy'] as ReverseProxyKind[]) {
    const skip = !isInstalled(kind) && `${kind} is not installed (Debian: apt-get install -y ${kind})`;

    it(`${kind}: the first event arrives without delay`, { skip }, async (test) => {
      const { evalon, proxy, recruiter } = await startStack(test);
      const reverseProxy = await startReverseProxy(kind, proxy.url, IDLE_SECONDS);
      test.after(() => reverseProxy.stop());
      const uuid = (await recruiter.invite()).body.session_uuid;
      const direct = await recruiter.openStream([CANDIDATE]);
      const proxied = await (await createRecruiterClient(reverseProxy.url)).openStream([CANDIDATE]);
      assert.equal(proxied.status, 200);
      // The stream begins with a comment.
      await waitFor(() => proxied.commentCount > 0);

      const waitForArrival = async (stream: typeof direct) => {
        await stream.waitForFrame(({ data }) => data.status === 'opened');
        return performance.now();
      };
      const arrivals = Promise.all([waitForArrival(direct), waitForArrival(proxied)]);
      await evalon.sendEvent(uuid, 'session.opened');
      const [directAt, proxiedAt] = await arrivals;
      assert.ok(proxiedAt - directAt < MAX_DELAY_MS, `${proxiedAt - directAt} ms later than without ${kind}`);
      direct.close();
      proxied.close();
    });
  }
});
