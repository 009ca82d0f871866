import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { type GatewayKind, isInstalled, startGateway } from '../../support/reverse-proxies.ts';
import { startStack } from '../../support/start-stack.ts';

const WATCH = { candidate_email: JANE.candidate_email };
/** Seconds of silence that the gateway allows: less than the contract's 15 between heartbeats, more than ours. */
const IDLE = 12;
/** Milliseconds that an event may take longer than without the gateway. */
const DELAY = 200;

describe('behind a reverse proxy as documented', { concurrency: true }, () => {
  for (const kind of ['nginx', 'haproxy'] as GatewayKind[]) {
    const skip = !isInstalled(kind) && `${kind} is not installed (Debian: apt-get install -y ${kind})`;

    it(`${kind}: the first event comes at once, and an idle stream survives`, { skip }, async (test) => {
      const { evalon, proxy, page } = await startStack(test);
      const gateway = await startGateway(kind, proxy.url, IDLE);
      test.after(() => gateway.stop());
      const uuid = (await page.invite()).body.session_uuid;
      const direct = await page.openStream([WATCH]);
      const behind = await (await createRecruiterClient(gateway.url)).openStream([WATCH]);
      assert.equal(behind.status, 200);
      await waitFor(() => behind.commentCount > 0);

      const arrival = async (stream: typeof direct) => {
        await stream.waitForFrame(({ data }) => data.status === 'opened');
        return performance.now();
      };
      const arrivals = Promise.all([arrival(direct), arrival(behind)]);
      await evalon.sendEvent(uuid, 'session.opened');
      const [sent, received] = await arrivals;
      assert.ok(received - sent < DELAY, `${received - sent} ms later than without ${kind}`);

      const quietSince = performance.now();
      await waitFor(() => performance.now() - quietSince > 2 * IDLE * 1_000, {
        deadline: 3 * IDLE * 1_000,
        every: 500,
      });
      await evalon.sendEvent(uuid, 'session.started');
      await behind.waitForFrame(({ data }) => data.status === 'started');
      direct.close();
      behind.close();
    });
  }
});
