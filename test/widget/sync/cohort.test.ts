import { assert } from 'chai';
import { batches as BATCHES_PATH } from '../../../proxy/contract/routes.ts';
import { Cohort } from '../../../widget/sync/cohort.ts';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
import { openConnection } from '../open-connection.ts';
import { ScriptedProxy } from '../scripted-proxy.ts';

/** The longest wait after one failure. */
const MAX_FIRST_BACKOFF_MS = 3_000;

describe('the list of batches', () => {
  it('is retried soon after a failure, however many failures an earlier load had', async () => {
    const proxy = new ScriptedProxy();
    const clock = new WidgetTestClock();
    clock.randomValue = 1;
    let isDown = true;
    proxy.override = ({ path }) => (isDown && path === BATCHES_PATH ? new Response(null, { status: 503 }) : undefined);
    const assessment = { project_id: 'p1', assessment_type: 'marketing' };
    const cohort = new Cohort(openConnection(proxy, clock), assessment, () => {});
    await clock.advance(10 * MAX_FIRST_BACKOFF_MS);
    assert.exists(cohort.loadProblem);

    isDown = false;
    await cohort.load();
    assert.deepEqual(cohort.batches, []);

    isDown = true;
    await cohort.load();
    assert.exists(cohort.loadProblem);
    isDown = false;
    await clock.advance(MAX_FIRST_BACKOFF_MS);
    await flushPromises();
    assert.notExists(cohort.loadProblem);
    cohort.close();
  });
});
