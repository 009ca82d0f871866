/** Measures whether the proxy's memory grows with oversized responses from Evalon. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { createRecruiterClient, type RecruiterClient } from './api-client.ts';
import { type Fault, startEvalon } from './evalon.ts';
import { buildProxySettings, startProxyProcess } from './proxy.ts';

const MIB = 1024 * 1024;
/** The proxy stops reading a response body at this size. */
const MAX_BODY_BYTES = 2 * MIB;
const CALLS = 100;
/** The number of calls until the process has reached its usual size. */
const WARM_UP_CALLS = 30;
/** A leak of half of all bytes that the proxy reads would exceed this. */
const MAX_GROWTH_BYTES = (CALLS * MAX_BODY_BYTES) / 3;
const CONCURRENT_CALLS = 10;

export const ENDLESS_BODIES: [string, Fault] = ['endless bodies', { fault: 'endless' }];
export const OVERSIZED_RESPONSES_AND_REDIRECTS: readonly [string, Fault][] = [
  ['bodies of 3 MiB', { fault: 'huge', bytes: 3 * MIB }],
  ['bodies of 64 MiB, compressed to 64 KiB', { fault: 'gzip-bomb', bytes: 64 * MIB }],
  ['redirects', { fault: 'redirect', status: 307 }],
];

/** Why this machine cannot measure a process's memory; false if it can. */
export const MEMORY_SKIP_REASON = existsSync('/proc/self/status')
  ? false
  : 'there is no /proc to read the memory of a process from';

function readResidentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

/** Makes concurrent calls, and asserts that each fails. */
async function inviteAndExpectFailure(recruiter: RecruiterClient, calls: number): Promise<void> {
  let remainingCalls = calls;
  const call = async (n: number) => {
    while (remainingCalls-- > 0) {
      const { status, body } = await recruiter.invite({ candidate_email: `caller-${n}@example.com` });
      assert.ok(status === 502 || status === 503, String(status));
      assert.equal(body.code, 'upstream_unavailable');
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_CALLS }, (_, n) => call(n)));
}

export async function assertMemoryDoesNotGrow(test: TestContext, faults: readonly [string, Fault][]): Promise<void> {
  const evalon = await startEvalon();
  const proxy = await startProxyProcess(buildProxySettings(evalon));
  test.after(async () => {
    await proxy.kill('SIGKILL');
    await evalon.close();
  });
  const recruiter = await createRecruiterClient(proxy.url);
  for (const [what, fault] of faults) {
    await test.test(`while Evalon returns ${what} ${CALLS} times`, async () => {
      evalon.clearFaults();
      evalon.injectFault('create', fault);
      await inviteAndExpectFailure(recruiter, WARM_UP_CALLS);
      const beforeBytes = readResidentBytes(proxy.pid);
      await inviteAndExpectFailure(recruiter, CALLS);
      const growthBytes = readResidentBytes(proxy.pid) - beforeBytes;
      assert.ok(growthBytes < MAX_GROWTH_BYTES, `the memory grew by ${Math.round(growthBytes / MIB)} MiB`);
    });
  }
  evalon.clearFaults();
  assert.equal((await recruiter.invite()).status, 201);
}
