import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SimulatedCandidate } from '../../../proxy/sandbox/simulated-ats/candidates.ts';
import type { AtsName } from '../../../proxy/sandbox/simulated-ats/written-records.ts';
import { collectLogLines } from '../../support/log-lines.ts';
import { extractCodeSpans, readTable } from '../../support/markdown-tables.ts';
import { advanceUntil, startWriteBack } from './harness.ts';

interface Cause {
  ats: AtsName;
  /** A part of the cause's text in the documentation's table. */
  documented: string;
  /** What happens between the invite and the result. */
  change?: Partial<SimulatedCandidate>;
  /** What the key may no longer do, or `all`. */
  revoked?: string;
  problem: string;
  state: 'held' | 'failed';
  sentence: RegExp;
}

const CAUSES: Readonly<Record<string, Cause>> = {
  'was merged into another candidate': {
    ats: 'greenhouse',
    documented: 'merged',
    change: { mergedInto: 1 },
    problem: 'email_differs',
    state: 'held',
    sentence: /The candidate has another email in Greenhouse now\. Check that it is the same person\.$/,
  },
  'has another email': {
    ats: 'lever',
    documented: 'another email',
    change: { email: 'another@example.com' },
    problem: 'email_differs',
    state: 'held',
    sentence: /The candidate has another email in Lever now\. Check that it is the same person\.$/,
  },
  'was deleted': {
    ats: 'ashby',
    documented: 'deleted',
    change: { isDeleted: true },
    problem: 'application_missing',
    state: 'failed',
    sentence: /Ashby no longer has this application\.$/,
  },
  'has a closed application that takes no notes': {
    ats: 'workday',
    documented: 'closed application',
    change: { isClosed: true },
    problem: 'refused',
    state: 'failed',
    sentence: /Workday refused the entry\.$/,
  },
  'is in an ATS that has revoked the key': {
    ats: 'greenhouse',
    documented: 'revoked',
    revoked: 'all',
    problem: 'credentials',
    state: 'failed',
    sentence: /Greenhouse doesn't let this company's key write\.$/,
  },
  'is in an ATS whose key may write no notes': {
    ats: 'lever',
    documented: 'lacks a permission',
    revoked: 'notes:write',
    problem: 'credentials',
    state: 'failed',
    sentence: /Lever doesn't let this company's key write\.$/,
  },
};

describe('the result of a candidate who', () => {
  for (const [name, { ats, documented, change, revoked, problem, state, sentence }] of Object.entries(CAUSES)) {
    it(`${name} goes to no other person, and ends with the documented problem and an alert`, async (test) => {
      const { proxy, evalon, store, clock, invite, readTexts, listRows, candidates, apis } = await startWriteBack(test);
      const lines = collectLogLines(proxy);
      const sessionUuid = await invite(ats);
      await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.state === 'delivered');
      if (change) candidates.change(0, change);
      if (revoked === 'all') apis[ats].isKeyValid = false;
      else if (revoked) assert.ok(apis[ats].permissions.delete(revoked));
      await evalon.completeSession(sessionUuid);
      await advanceUntil(clock, async () => (await listRows(sessionUuid))[1]?.state === 'failed');

      assert.equal((await listRows(sessionUuid))[1]?.problem, problem);
      assert.deepEqual(
        readTexts(ats).filter((text) => text.includes('completed')),
        [],
      );
      assert.deepEqual(readTexts(ats, { index: 1 }), []);
      const alerts = lines.filter(({ facts }) => facts['alert'] === 'ats_write_failed');
      assert.deepEqual(
        alerts.map(({ facts }) => [facts['ats'], facts['problem']]),
        [[ats, problem]],
      );
      assert.match(alerts[0]?.message ?? '', sentence);
      // Reads the store, because the recruiter's token has expired by now.
      const session = await store.read(({ sessions }) => sessions.get(sessionUuid));
      const [write] = JSON.parse(session?.ats_writes ?? '[]');
      assert.deepEqual([write.state, write.problem], [state, problem]);

      const rows = readTable('docs/ats/write-back.md', 'what happens');
      const row = rows.find(([cause = '']) => cause.includes(documented));
      assert.deepEqual(extractCodeSpans(row?.[1]), [problem]);
    });
  }

  for (const ats of ['greenhouse', 'lever', 'ashby'] as const) {
    it(`has a closed application is written into ${ats}, which still takes notes`, async (test) => {
      const { evalon, clock, invite, readTexts, candidates } = await startWriteBack(test);
      const sessionUuid = await invite(ats);
      candidates.change(0, { isClosed: true });
      await evalon.completeSession(sessionUuid);
      await advanceUntil(clock, () => readTexts(ats).some((text) => text.includes('completed')));
      assert.deepEqual(readTexts(ats, { index: 1 }), []);
    });
  }
});

describe('a refused key', () => {
  it('has an alert at the first attempt, and the result arrives once the key is corrected', async (test) => {
    const { proxy, evalon, clock, invite, readTexts, listRows, apis } = await startWriteBack(test);
    const lines = collectLogLines(proxy);
    apis.ashby.permissions.delete('candidatesWrite');
    const sessionUuid = await invite('ashby');
    await evalon.completeSession(sessionUuid);
    await advanceUntil(clock, async () => (await listRows(sessionUuid))[0]?.problem === 'credentials');
    assert.ok(lines.some(({ facts }) => facts['alert'] === 'ats_key_refused' && facts['ats'] === 'ashby'));
    apis.ashby.permissions.add('candidatesWrite');
    await advanceUntil(clock, () => readTexts('ashby').length === 2);
  });
});
