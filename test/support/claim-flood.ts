/** Floods a proxy with webhooks that falsely claim a completion, while recruiters work. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createRecruiterClient, JANE, type RecruiterClient } from './api-client.ts';
import { startEvalon, type TestEvalon } from './evalon.ts';
import { waitFor } from './eventually.ts';
import { maxPerMinute } from './fake-clock.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from './proxy.ts';

/** How many webhooks or invites are sent at the same time. */
const CONCURRENCY = 32;
/** The longest time from a true completion to its frame. */
const TRUE_COMPLETION_TIMEOUT_MS = 5_000;

interface ShownSession {
  status: string;
  confirming?: boolean;
}

async function runConcurrently(count: number, run: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  async function work(): Promise<void> {
    while (next < count) await run(next++);
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

/** Starts a proxy in its own process, and creates two recruiters. */
async function startServers(test: TestContext) {
  const evalon = await startEvalon();
  const proxy = await startProxyProcess(buildProxySettings(evalon));
  evalon.webhookUrl = webhookUrl(proxy.url);
  test.after(async () => {
    await proxy.kill('SIGKILL');
    await evalon.close();
  });
  const [recruiter, otherRecruiter] = await Promise.all([
    createRecruiterClient(proxy.url),
    createRecruiterClient(proxy.url, { sub: 'recruiter-2' }),
  ]);
  return { evalon, recruiter, otherRecruiter };
}

async function inviteAll(recruiter: RecruiterClient, candidates: readonly object[]): Promise<string[]> {
  const sessionUuids: string[] = [];
  await runConcurrently(candidates.length, async (n) => {
    sessionUuids[n] = (await recruiter.invite({ ...candidates[n] })).body.session_uuid;
  });
  return sessionUuids;
}

/**
 * Claims completions of known and unknown sessions. A third of the webhooks are copies of earlier webhooks. `halfway`
 * resolves when half of the webhooks are sent. `done` resolves to the number of responses by status.
 */
function sendClaims(evalon: TestEvalon, knownSessionUuids: readonly string[], count: number) {
  const { promise: halfway, resolve } = Promise.withResolvers<void>();
  const responses = new Map<number, number>();
  const done = runConcurrently(count, async (n) => {
    if (n === count / 2) resolve();
    const session_uuid = knownSessionUuids[n % (2 * knownSessionUuids.length)] ?? `sess_unknown_${n % 50}`;
    // Every third webhook has the session and the time of an earlier one.
    const completed_at = new Date(Date.UTC(2026, 0, 1) + (n % 3 ? n : n % knownSessionUuids.length)).toISOString();
    const status = await evalon.sendWebhook({ event: 'session.completed', session_uuid, completed_at });
    responses.set(status, (responses.get(status) ?? 0) + 1);
  });
  return { halfway, done: done.then(() => Object.fromEntries(responses)) };
}

/**
 * Asserts that false claims change no status, cost no more than ten reads a minute (the proxy's limit after unsigned
 * webhooks), and delay neither recruiters nor a true completion.
 */
export async function assertClaimsAreHarmless(
  test: TestContext,
  { claimCount, sessionCount }: { claimCount: number; sessionCount: number },
): Promise<void> {
  const { evalon, recruiter, otherRecruiter } = await startServers(test);
  const candidates = Array.from({ length: sessionCount }, (_, n) => ({ candidate_email: `c${n}@example.com` }));
  const knownSessionUuids = await inviteAll(recruiter, candidates);
  const watchedSessionUuid = (await recruiter.invite()).body.session_uuid;
  const stream = await recruiter.openStream([{ candidate_email: JANE.candidate_email }]);

  const { halfway, done } = sendClaims(evalon, knownSessionUuids, claimCount);
  await halfway;
  assert.equal((await otherRecruiter.query(...candidates)).body.sessions.length, sessionCount);
  assert.equal((await otherRecruiter.invite({ candidate_email: 'late@example.com' })).status, 201);

  assert.equal(await evalon.completeSession(watchedSessionUuid), 202);
  const completed = await waitFor(() => stream.frames.find(({ data }) => data.status === 'completed'), {
    timeoutMs: TRUE_COMPLETION_TIMEOUT_MS,
  });
  assert.equal(completed.data.score_summary.overall, 82);
  stream.close();

  assert.deepEqual(await done, { 202: claimCount });
  await waitFor(async () => {
    const { sessions } = (await otherRecruiter.query(...candidates)).body;
    const shown = new Set(
      sessions.map(({ status, confirming }: ShownSession) => `${status}, confirming: ${confirming}`),
    );
    assert.deepEqual([...shown], ['invited, confirming: true']);
    return true;
  });
  const reads = evalon.requests.filter(({ kind, path }) => kind === 'scorecard' && !path.includes(watchedSessionUuid));
  assert.ok(reads.length > 0 && maxPerMinute(reads) <= 10, `${reads.length} reads`);
  assert.deepEqual(
    reads.filter(({ path }) => path.includes('unknown')),
    [],
  );
}
