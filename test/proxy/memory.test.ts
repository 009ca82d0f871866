import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createRecruiterClient, type RecruiterClient } from '../support/api-client.ts';
import { type Fault, startEvalon } from '../support/evalon.ts';
import { buildProxySettings, startProxyProcess } from '../support/proxy.ts';

const MIB = 1024 * 1024;
/** What the proxy reads of an answer at the most. */
const READ = 2 * MIB;
const CALLS = 100;
/** Calls until the process has taken what it needs. */
const WARM_UP = 30;
/** Bytes: less than if half of what was read stayed. */
const LIMIT = (CALLS * READ) / 3;
const AT_ONCE = 10;

const FAULTS: [string, Fault][] = [
  ['3 MiB', { fault: 'huge', bytes: 3 * MIB }],
  ['a body without end', { fault: 'endless' }],
  ['64 MiB in 64 KiB', { fault: 'gzip-bomb', bytes: 64 * MIB }],
  ['redirects', { fault: 'redirect', status: 307 }],
];

/** Bytes of a process that lie in memory. */
function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

/** Calls for as many people, so many at once; each must be answered with an error. */
async function invite(page: RecruiterClient, calls: number): Promise<void> {
  let left = calls;
  const caller = async (name: number) => {
    while (left-- > 0) {
      const { status, body } = await page.invite({ candidate_email: `caller-${name}@example.com` });
      assert.ok(status === 502 || status === 503, String(status));
      assert.equal(body.code, 'upstream_unavailable');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, name) => caller(name)));
}

describe('when Evalon pours out more than anybody needs', () => {
  const skip = existsSync('/proc/self/status') ? false : 'there is no /proc to read the memory of a process from';
  it('the memory of the proxy does not grow with it', { skip }, async (test) => {
    const evalon = await startEvalon();
    const proxy = await startProxyProcess(buildProxySettings(evalon));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const page = await createRecruiterClient(proxy.url);
    for (const [what, fault] of FAULTS) {
      await test.test(`${what}, ${CALLS} times`, async () => {
        evalon.clearFaults();
        evalon.injectFault('create', fault);
        await invite(page, WARM_UP);
        const before = residentBytes(proxy.pid);
        await invite(page, CALLS);
        const grown = residentBytes(proxy.pid) - before;
        assert.ok(grown < LIMIT, `it grew by ${Math.round(grown / MIB)} MiB`);
      });
    }
    evalon.clearFaults();
    assert.equal((await page.invite()).status, 201);
  });
});
