import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { serve } from '../../support/http-server.ts';
import { buildProxySettings, startProxyProcess, webhookUrl } from '../../support/proxy.ts';

const METRICS_TOKEN = 'the-metrics-token-of-tests';
const PRIVATE_VALUES = ['Ximena', 'ximena@example.com', 'canary-narrative', 'canary-session', '80412'];

interface LogLine {
  alert?: string;
  message?: string;
  path?: string;
  status?: number;
  keys?: string[];
  problems?: string[];
  missing?: string[];
}

/**
 * Starts a proxy, and an Evalon that returns the bodies. The keys of `bodies` are parts of paths. The first key that is
 * part of the request's path selects the body.
 */
async function startWithBodies(test: TestContext, bodies: Record<string, object | string>) {
  const url = await serve(test, (request, response) => {
    const matchingPath = Object.keys(bodies).find((path) => request.url?.includes(path)) ?? '';
    const body = bodies[matchingPath] ?? {};
    response.setHeader('content-type', 'application/json');
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const evalon = await startEvalon();
  const proxy = await startProxyProcess({
    ...buildProxySettings(evalon, { METRICS_TOKEN, LOG_LEVEL: 'trace' }),
    EVALON_BASE_URL: url,
  });
  evalon.webhookUrl = webhookUrl(proxy.url);
  test.after(async () => {
    await proxy.kill('SIGKILL');
    await evalon.close();
  });
  const listLines = (): LogLine[] =>
    proxy
      .output()
      .split('\n')
      .filter((line) => line.includes('"alert":"evalon_message_'))
      .map((line) => JSON.parse(line));
  const readMetrics = async () => {
    const response = await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    return response.text();
  };
  return { evalon, proxy, recruiter: await createRecruiterClient(proxy.url), listLines, readMetrics };
}

const CANDIDATE = { candidate_email: 'ximena@example.com', candidate_name: 'Ximena Canary' };

describe('a message from Evalon that the proxy does not understand', () => {
  it('is counted, and logged once per shape with the names of its keys and without its values', async (test) => {
    const { evalon, proxy, recruiter, listLines, readMetrics } = await startWithBodies(test, {
      '/scorecard/': { resultado: { nota: 80412, texto: 'canary-narrative' }, nome: 'Ximena' },
      '/sessions/': { id: 'canary-session', enlace: 'https://x.example/80412', email: 'ximena@example.com' },
    });
    const invited = await recruiter.invite(CANDIDATE);
    assert.equal(invited.status, 201);
    await recruiter.invite({ ...CANDIDATE, candidate_email: 'ximena2@example.com' });
    for (const n of [1, 2]) {
      const body = {
        ereignis: 'fertig',
        sitzung: `canary-session-${n}`,
        person: { 'ximena@example.com': 'Ximena', id80412: n },
      };
      assert.equal(await evalon.sendWebhook(JSON.stringify(body)), 202);
    }
    await evalon.sendWebhook({ event: 'session.completed', session_uuid: 'canary-session' });
    const lines = await waitFor(() => listLines().some(({ message }) => message === 'scorecard') && listLines());
    const filterLines = (message: string) => lines.filter((line) => line.message === message);

    const [create, ...moreCreates] = filterLines('create');
    assert.deepEqual(moreCreates, []);
    // Fields that every log line has are not compared.
    assert.deepEqual(
      { ...create, level: 0, time: 0, request_id: '', msg: '' },
      {
        level: 0,
        time: 0,
        request_id: '',
        alert: 'evalon_message_incomplete',
        message: 'create',
        path: '/api/v1/sessions/',
        status: 200,
        problems: [],
        missing: ['candidate_url'],
        keys: ['/enlace'],
        msg: '',
      },
    );
    const [webhook, ...moreWebhooks] = filterLines('webhook');
    assert.deepEqual(moreWebhooks, []);
    assert.equal(webhook?.alert, 'evalon_message_unrecognized');
    assert.equal(webhook?.path, '/webhooks/evalon/…');
    assert.deepEqual(webhook?.keys, ['/ereignis', '/sitzung', '/person/…']);
    const [scorecard] = filterLines('scorecard');
    assert.equal(scorecard?.alert, 'evalon_message_unrecognized');
    assert.equal(scorecard?.path, '/api/v1/sessions/…/scorecard/');
    assert.deepEqual(scorecard?.keys, ['/resultado/nota', '/resultado/texto', '/nome']);

    const metrics = await readMetrics();
    assert.match(metrics, /evalon_unrecognized_messages_total\{message="webhook"\} 2\n/);
    assert.match(metrics, /evalon_unrecognized_messages_total\{message="create"\} 0\n/);
    assert.match(metrics, /evalon_parse_problems_total\{message="create",problem="missing"\} 2\n/);
    for (const value of PRIVATE_VALUES)
      assert.ok(!proxy.output().includes(value), `the log has ${value}:\n${proxy.output()}`);
  });

  it('is logged if it is not JSON', async (test) => {
    const { recruiter, listLines } = await startWithBodies(test, { '/sessions/': '<html>80412</html>' });
    assert.equal((await recruiter.invite(CANDIDATE)).status, 502);
    const [line] = await waitFor(() => listLines().length && listLines());
    assert.deepEqual(
      [line?.message, line?.alert, line?.keys],
      ['create', 'evalon_message_unrecognized', ['(not JSON)']],
    );
  });
});
