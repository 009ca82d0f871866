import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createRecruiterClient, JANE, type RecruiterClient } from '../../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { maxPerMinute } from '../../support/fake-clock.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../../support/proxy.ts';

const CLAIMS = 10_000;
/** Webhooks, or invites, sent at the same time. */
const AT_ONCE = 32;
const KNOWN = Array.from({ length: 300 }, (_, n) => ({ candidate_email: `c${n}@example.com` }));
/** Milliseconds within which a true completion has to be on its stream. */
const IN_TIME = 5_000;

async function manyAtOnce(count: number, run: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  async function one(): Promise<void> {
    while (next < count) await run(next++);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** A proxy in a process of its own, as webhooks meet it, and recruiters' pages. */
async function startCompany(test: TestContext) {
  const evalon = await startEvalon();
  const proxy = await startProxyProcess(buildProxySettings(evalon));
  evalon.webhookUrl = webhookUrl(proxy.url);
  test.after(async () => {
    await proxy.kill('SIGKILL');
    await evalon.close();
  });
  const [page, other] = await Promise.all([
    createRecruiterClient(proxy.url),
    createRecruiterClient(proxy.url, { sub: 'recruiter-2' }),
  ]);
  return { evalon, page, other };
}

async function inviteAll(page: RecruiterClient): Promise<string[]> {
  const invited: string[] = [];
  await manyAtOnce(KNOWN.length, async (n) => {
    invited[n] = (await page.invite(KNOWN[n])).body.session_uuid;
  });
  return invited;
}

/** Claims about known and unknown sessions, a third of them repeats to the byte; `halfway` resolves in the midst. */
function flood(evalon: TestEvalon, known: readonly string[]) {
  const { promise: halfway, resolve } = Promise.withResolvers<void>();
  const answers = new Map<number, number>();
  const over = manyAtOnce(CLAIMS, async (n) => {
    if (n === CLAIMS / 2) resolve();
    const session_uuid = known[n % (2 * known.length)] ?? `sess_unknown_${n % 50}`;
    const completed_at = new Date(Date.UTC(2026, 0, 1) + (n % 3 ? n : n % known.length)).toISOString();
    const status = await evalon.sendWebhook({ event: 'session.completed', session_uuid, completed_at });
    answers.set(status, (answers.get(status) ?? 0) + 1);
  });
  return { halfway, over: over.then(() => Object.fromEntries(answers)) };
}

describe('10,000 false completions sent with the right token', () => {
  it('change no status, cost ten misses a minute at the most, and hold nobody up', async (test) => {
    const { evalon, page, other } = await startCompany(test);
    const known = await inviteAll(page);
    const watched = (await page.invite()).body.session_uuid;
    const stream = await page.openStream([{ candidate_email: JANE.candidate_email }]);

    const { halfway, over } = flood(evalon, known);
    await halfway;
    assert.equal((await other.query(...KNOWN)).body.sessions.length, KNOWN.length);
    assert.equal((await other.invite({ candidate_email: 'late@example.com' })).status, 201);

    assert.equal(await evalon.completeSession(watched), 202);
    const inTime = { deadline: IN_TIME };
    const done = await waitFor(() => stream.frames.find(({ data }) => data.status === 'completed'), inTime);
    assert.equal(done.data.score_summary.overall, 82);
    stream.close();

    assert.deepEqual(await over, { 202: CLAIMS });
    await waitFor(async () => {
      const { sessions } = (await other.query(...KNOWN)).body;
      const shown = new Set(sessions.map(({ status, confirming }: Shown) => `${status}, confirming: ${confirming}`));
      assert.deepEqual([...shown], ['invited, confirming: true']);
      return true;
    });
    const misses = evalon.requests.filter(({ kind, path }) => kind === 'scorecard' && !path.includes(watched));
    assert.ok(misses.length > 0 && maxPerMinute(misses) <= 10, `${misses.length} misses`);
    assert.deepEqual(
      misses.filter(({ path }) => path.includes('unknown')),
      [],
    );
  });
});

interface Shown {
  status: string;
  confirming?: boolean;
}
