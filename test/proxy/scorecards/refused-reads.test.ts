/** Scorecards and invites that Evalon refuses, and the polls of other sessions after a refusal. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { errorFromStatus, invalidResponse } from '../../../proxy/evalon/errors.ts';
import { startReconciler } from '../../../proxy/scorecards/reconcile.ts';
import { updateSession } from '../../../proxy/sessions/session.ts';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { JANE } from '../../support/api-client.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { NO_WRITES } from '../../support/no-writes.ts';
import { buildSessionRow } from '../../support/session.ts';
import { startStack } from '../../support/start-stack.ts';
import { openStore } from '../../support/test-database.ts';

describe('a scorecard that Evalon refuses with', () => {
  for (const status of [400, 403, 404, 409, 410, 422, 423, 425, 204]) {
    it(`${status} is not ready`, async (test) => {
      const { evalon, recruiter } = await startStack(test);
      const { body } = await recruiter.invite();
      evalon.injectFault('scorecard', { fault: 'refuse', status }, { times: 1 });
      const scorecard = await recruiter.get(`/v1/sessions/${body.session_uuid}/scorecard`);
      assert.equal(scorecard.status, 409);
      assert.equal(scorecard.body.code, 'not_ready');
    });
  }
});

describe('an invite that Evalon refuses', () => {
  for (const [status, detail] of [
    [404, 'Project not found'],
    [402, 'Out of credits'],
    [400, 'Unknown project proj_abc123'],
    [403, 'Forbidden'],
  ] as const) {
    it(`with ${status} “${detail}” shows a problem for IT`, async (test) => {
      const { evalon, recruiter } = await startStack(test);
      evalon.injectFault('create', { fault: 'refuse', status, detail }, { times: 1 });
      const response = await recruiter.invite();
      assert.equal(response.body.code, 'upstream_rejected');
      assert.match(response.body.detail, /account or settings\. Contact IT\.$/);
    });
  }

  it('with an empty 204 is not understood', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault('create', { fault: 'refuse', status: 204 }, { times: 1 });
    const response = await recruiter.invite();
    assert.deepEqual([response.status, response.body.code], [502, 'upstream_unavailable']);
  });

  it('because of the email asks the recruiter to check the name and email', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    evalon.injectFault(
      'create',
      { fault: 'refuse', status: 400, detail: 'Enter a valid email for this project' },
      { times: 1 },
    );
    assert.match((await recruiter.invite(JANE)).body.detail, /Check the candidate's name and email/);
  });
});

describe('a session whose scorecard cannot be read', () => {
  function buildError(status: number) {
    const [retryAfterHeader, now] = [null, 0];
    return errorFromStatus('scorecard', status, retryAfterHeader, now);
  }

  for (const [what, error] of [
    ['400', buildError(400)],
    ['403', buildError(403)],
    ['500', buildError(500)],
    ['HTML', invalidResponse('Evalon did not respond with JSON')],
  ] as const) {
    it(`because of ${what} does not delay another session’s poll`, async (test) => {
      const clock = createTestClock();
      const store = await openStore(':memory:', 'https://api.evalon.example', clock);
      const polled: string[] = [];
      const job = startReconciler({
        store,
        clock,
        log: pino({ level: 'silent' }),
        metrics: createMetrics(),
        ...NO_WRITES,
        evalon: {
          async readScorecard({ session_uuid }) {
            polled.push(session_uuid);
            if (session_uuid === 'sess_a') throw error;
            return { session_uuid, assessment_type: null, overall: 82, overall_max: null, sections: [] };
          },
        },
      });
      test.after(async () => {
        await job.stop();
        await store.close();
      });
      // The proxy polls the most recently updated session first.
      for (const session_uuid of ['sess_b', 'sess_a']) {
        const row = buildSessionRow(`${session_uuid}@example.com`, new Date(clock.now()).toISOString());
        await store.write((queries) => updateSession(queries, { clock, ...NO_WRITES }, { ...row, session_uuid }, {}));
        await clock.advance(1);
      }
      await clock.advance(3 * 60_000);
      assert.deepEqual(polled, ['sess_a', 'sess_b']);
    });
  }
});
