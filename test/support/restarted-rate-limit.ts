/** Restarts a proxy with a small rate limit, or in a cooldown, and counts its calls to Evalon. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createRecruiterClient } from './api-client.ts';
import { startEvalon } from './evalon.ts';
import { buildProxySettings, createTempFolder, type Settings, startProxyProcess } from './proxy.ts';
import { toDatabaseUrl } from './test-database.ts';

async function startRestartableProxy(test: TestContext, changes: Settings) {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const DATABASE_URL = await toDatabaseUrl(join(folder, 'evalon.db'));
  const settings = buildProxySettings(evalon, { DATABASE_URL, ...changes });
  const start = async () => {
    const proxy = await startProxyProcess(settings);
    return { proxy, recruiter: await createRecruiterClient(proxy.url) };
  };
  const stack = {
    evalon,
    ...(await start()),
    async restart(signal: NodeJS.Signals) {
      await stack.proxy.kill(signal);
      Object.assign(stack, await start());
    },
  };
  test.after(async () => {
    await stack.proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  });
  return stack;
}

const candidate = (n: number) => ({ candidate_email: `candidate-${n}@example.com` });

/** Asserts that a restart in the middle of a burst does not exceed the rate. */
export async function assertRestartKeepsRate(test: TestContext, signal: NodeJS.Signals): Promise<void> {
  const stack = await startRestartableProxy(test, { EVALON_RATE_PER_MINUTE: '6' });
  const { evalon } = stack;
  assert.equal((await stack.recruiter.invite(candidate(0))).status, 201);
  evalon.injectFault('create', { fault: 'slow', ms: 500 });
  const burst = [1, 2, 3].map((n) => stack.recruiter.invite(candidate(n)).catch(() => undefined));
  await evalon.waitForRequests(4);
  await stack.restart(signal);
  await Promise.all(burst);
  evalon.clearFaults();
  // Four of the six calls were made before the restart, so two more are allowed.
  const responses = await Promise.all([4, 5, 6, 7, 8].map((n) => stack.recruiter.invite(candidate(n))));
  const statuses = responses.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [201, 201, 429, 429, 429]);
  assert.equal(evalon.requests.length, 6);
}

/** Asserts that a proxy that was killed in a cooldown continues the cooldown. */
export async function assertRestartKeepsCooldown(test: TestContext): Promise<void> {
  const stack = await startRestartableProxy(test, {});
  const { evalon } = stack;
  evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '60' }, { times: 1 });
  assert.equal((await stack.recruiter.invite(candidate(0))).status, 429);
  await stack.restart('SIGKILL');
  const refused = await stack.recruiter.invite(candidate(1));
  assert.equal(refused.status, 429);
  // The restart takes less than 20 of the 60 seconds.
  assert.ok(Number(refused.headers.get('retry-after')) > 40, String(refused.headers.get('retry-after')));
  assert.equal(evalon.requests.length, 1);
}
