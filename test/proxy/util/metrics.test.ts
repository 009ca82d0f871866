import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { blockWrites } from '../../support/db-lock.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTempFolder, webhookUrl } from '../../support/proxy.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';
import { usesPostgres } from '../../support/test-database.ts';

const METRICS_TOKEN = 'the-metrics-token-of-tests';

async function readMetrics(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
}

/** Sends every kind of request about one candidate, and returns the values that must not become labels. */
async function sendEveryRequest(name: string, { evalon, proxy, recruiter }: TestStack): Promise<string[]> {
  const candidate = { candidate_email: `${name}@example.com`, candidate_name: name };
  const { session_uuid } = (await recruiter.invite(candidate)).body;
  const stream = await recruiter.openStream([{ candidate_email: candidate.candidate_email }]);
  await recruiter.get(`/v1/sessions/${session_uuid}/scorecard`);
  await evalon.sendEvent(session_uuid, 'session.started');
  await evalon.completeSession(session_uuid);
  await stream.waitForFrame(({ data }) => data.status === 'completed');
  stream.close();
  await recruiter.get(`/v1/sessions/${session_uuid}/scorecard`);
  await recruiter.query({ candidate_email: candidate.candidate_email });
  await recruiter.get(`/v1/sessions/${name}`);
  const batch = await createBatch(
    recruiter,
    buildBatchRequest([{ ...candidate, candidate_email: `${name}-2@example.com` }]),
  );
  await waitForBatch(recruiter, batch);
  await recruiter.get(`/v1/batches/${name}`);
  await proxy.context.eraseCandidates([candidate.candidate_email], { iss: 'test', sub: 'administrator' });
  const unauthenticated: [string, string][] = [
    ['GET', `/v1/sessions/${name}?${name}`],
    ['POST', `/${name}/nowhere`],
    ['POST', webhookUrl('', `${name}-is-not-a-valid-token`)],
    ['POST', webhookUrl('')],
    ['PUT', `/embed.js/${name}`],
  ];
  for (const [method, path] of unauthenticated) {
    await fetch(`${proxy.url}${path}`, {
      method,
      headers: { 'x-request-id': `${name}-id` },
      body: method === 'GET' ? null : name,
    });
  }
  return [name, session_uuid, batch];
}

async function startWithDatabaseFile(test: TestContext) {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  const file = `${folder}/evalon.db`;
  return { file, ...(await startStack(test, { settings: { METRICS_TOKEN, DATABASE_URL: `file:${file}` } })) };
}

describe('the metrics', () => {
  it('have no label that grows with candidates, sessions, batches or unknown paths', async (test) => {
    const stack = await startWithDatabaseFile(test);
    const listSeriesAfter = async (name: string) => {
      const values = await sendEveryRequest(name, stack);
      const text = await readMetrics(stack.proxy.url);
      for (const value of values) assert.ok(!text.includes(value), value);
      return text
        .split('\n')
        .filter((line) => /^(evalon|http)_/.test(line))
        .map((line) => line.slice(0, line.lastIndexOf(' ')));
    };
    // Creates the series of the metrics request itself.
    await readMetrics(stack.proxy.url);
    const series = await listSeriesAfter('ximena');
    assert.ok(series.length > 60);
    assert.deepEqual(await listSeriesAfter('yolanda'), series);
  });

  it('count webhooks by outcome, and measure the lag of webhooks and results', async (test) => {
    const { evalon, proxy, recruiter } = await startWithDatabaseFile(test);
    const { session_uuid } = (await recruiter.invite()).body;
    await evalon.sendEvent(session_uuid, 'session.opened');
    await evalon.sendEvent(session_uuid, 'session.opened');
    await evalon.completeSession(session_uuid);
    await evalon.sendWebhook('not JSON');
    await evalon.sendWebhook('x'.repeat(300_000));
    await evalon.sendWebhook('{}', { url: webhookUrl(proxy.url, 'a-wrong-webhook-token') });
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    const text = await waitFor(async () => {
      const metrics = await readMetrics(proxy.url);
      return metrics.includes('evalon_webhook_lag_seconds_count 2\n') && metrics;
    });
    for (const line of [
      'evalon_webhooks_total{outcome="stored"} 3',
      'evalon_webhooks_total{outcome="invalid_request"} 1',
      'evalon_webhooks_total{outcome="too_large"} 1',
      'evalon_webhooks_total{outcome="unauthenticated"} 1',
      'evalon_webhooks_total{outcome="unavailable"} 0',
      'evalon_result_lag_seconds_count 1',
    ]) {
      assert.ok(text.includes(`${line}\n`), line);
    }
  });

  it('show whether the database is writable, its size, and the free disk space of SQLite', async (test) => {
    const { file, proxy, recruiter } = await startWithDatabaseFile(test);
    const readValue = async (name: string) =>
      Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await readMetrics(proxy.url))?.[1]);
    assert.equal(await readValue('evalon_database_writable'), 1);
    assert.ok((await readValue('evalon_database_bytes')) > 4_096);
    assert.equal((await readValue('evalon_disk_free_bytes')) > 0, !usesPostgres);
    const release = await blockWrites(test, file);
    assert.equal((await recruiter.invite()).status, 503);
    assert.equal(await readValue('evalon_database_writable'), 0);
    await release();
    assert.equal(await readValue('evalon_database_writable'), 1);
  });

  it("count Evalon's 429 responses", async (test) => {
    const { evalon, proxy, recruiter } = await startWithDatabaseFile(test);
    evalon.injectFault('create', { fault: 'refuse', status: 429 }, { times: 1 });
    assert.equal((await recruiter.invite()).status, 429);
    assert.ok((await readMetrics(proxy.url)).includes('evalon_rate_limited_total 1\n'));
  });

  it('are all exported even if one gauge cannot be read', async () => {
    const metrics = createMetrics();
    metrics.registerGauge('broken', 'Cannot be read', () => Promise.reject(new Error('no database')));
    const text = await metrics.render();
    assert.match(text, /^broken nan$/im);
    assert.match(text, /^process_start_time_seconds \d/m);
  });
});
