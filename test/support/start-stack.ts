/** Starts one test Evalon and one proxy for a test, and closes both after it. */
import type { TestContext } from 'node:test';
import type { RunningProxy } from '../../proxy/server.ts';
import type { Clock } from '../../proxy/util/clock.ts';
import { createRecruiterClient, type RecruiterClient } from './api-client.ts';
import { type EvalonOptions, startEvalon, type TestEvalon } from './evalon.ts';
import { type Settings, startProxy } from './proxy.ts';

export interface TestStack {
  evalon: TestEvalon;
  proxy: RunningProxy;
  /** Calls the API as a recruiter with every permission. */
  recruiter: RecruiterClient;
}

export async function startStack(
  test: TestContext,
  { settings = {}, evalon: options = {}, clock }: { settings?: Settings; evalon?: EvalonOptions; clock?: Clock } = {},
): Promise<TestStack> {
  const evalon = await startEvalon(options);
  const proxy = await startProxy(evalon, settings, clock);
  test.after(async () => {
    await proxy.close();
    await evalon.close();
  });
  return { evalon, proxy, recruiter: await createRecruiterClient(proxy.url) };
}
