/** Tests an invite while Evalon fails, and the invite after it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createRecruiterClient } from './api-client.ts';
import type { Fault } from './evalon.ts';
import { createTestClock } from './fake-clock.ts';
import { startStack } from './start-stack.ts';

/** A fault of Evalon, and the proxy's response to an invite. `what` completes the phrase "when Evalon …". */
export type UpstreamError = [what: string, fault: Fault, status: number, code: string];

export function testUpstreamError([what, fault, status, code]: UpstreamError): void {
  it(`${what}, an invite returns ${status}, and the next invite works`, async (test) => {
    const clock = createTestClock();
    const { evalon, proxy } = await startStack(test, { clock });
    const recruiter = await createRecruiterClient(proxy.url, { iat: clock.now() / 1_000 });
    evalon.injectFault('create', fault, { times: 1 });
    const response = await recruiter.invite();
    assert.equal(response.status, status);
    assert.equal(response.body.code, code);
    assert.match(response.body.detail, /^[A-Z].*\.$/);
    // The candidate, Evalon's own text, the API key and Evalon's address.
    assert.doesNotMatch(JSON.stringify(response.body), /jane|boom|eva_|127\.0\.0\.1/);
    assert.equal(response.headers.has('retry-after'), status === 429 || status === 503);
    await clock.advance(Number(response.headers.get('retry-after') ?? 0) * 1_000);
    assert.equal((await recruiter.invite()).status, 201);
  });
}
