/** One Evalon and one proxy for a test, taken down with it. */
import type { TestContext } from 'node:test';
import type { RunningProxy } from '../../proxy/server.ts';
import type { Clock } from '../../proxy/util/clock.ts';
import { createRecruiterClient, type RecruiterClient } from './api-client.ts';
import { type EvalonOptions, startEvalon, type TestEvalon } from './evalon.ts';
import { type Settings, startProxy } from './proxy.ts';

export interface TestStack {
  evalon: TestEvalon;
  proxy: RunningProxy;
  /** A page of a recruiter who may do everything. */
  page: RecruiterClient;
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
  return { evalon, proxy, page: await createRecruiterClient(proxy.url) };
}
