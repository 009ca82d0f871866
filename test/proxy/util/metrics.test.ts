/** What IT watches: the metrics themselves, and that rules and dashboard in deploy/ speak of nothing else. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { lockDatabase } from '../../support/db-lock.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTempFolder, webhookUrl } from '../../support/proxy.ts';
import { startStack, type TestStack } from '../../support/start-stack.ts';

const PROMTOOL = 'promtool';
const METRICS_TOKEN = 'the-metrics-token-of-tests';
const ROOT = join(import.meta.dirname, '../../..');
const RULES = join(ROOT, 'deploy/prometheus/alerts.yml');
const RULE_TESTS = join(ROOT, 'deploy/prometheus/alerts.test.yml');
const DASHBOARD = join(ROOT, 'deploy/grafana/evalon-proxy.json');
const MANUAL = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');

interface Panel {
  id: number;
  type: string;
  title: string;
  datasource?: { uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; datasource: { uid: string } }[];
}

interface Rule {
  alert: string;
  expr: string;
  /** All that stands under its name. */
  text: string;
}

const panels = (JSON.parse(readFileSync(DASHBOARD, 'utf8')) as { panels: Panel[] }).panels;

function rules(): Rule[] {
  const blocks = readFileSync(RULES, 'utf8')
    .split(/^ {6}- alert: /m)
    .slice(1);
  return blocks.map((text) => {
    const [, folded, line = ''] = /^ {8}expr: (?:>-\n((?: {10}.*\n)+)|(.*)\n)/m.exec(text) ?? [];
    return { alert: text.slice(0, text.indexOf('\n')), expr: folded ?? line, text };
  });
}

const WORDS = new Set(['and', 'or', 'unless', 'by', 'on', 'without', 'ignoring', 'bool', 'offset']);

/** Names of metrics in an expression: what is no function, no word of the language, and in no braces. */
function metricsIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, '');
  return (bare.match(/[a-zA-Z_:][\w:]*(?!\w*\s*\()/g) ?? []).filter((word) => !WORDS.has(word) && !/^\d/.test(word));
}

async function read(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
}

/** Everything that a company does with one person. */
async function everythingAbout(name: string, { evalon, proxy, page }: TestStack): Promise<string[]> {
  const person = { candidate_email: `${name}@example.com`, candidate_name: name };
  const { session_uuid } = (await page.invite(person)).body;
  const stream = await page.openStream([{ candidate_email: person.candidate_email }]);
  await page.get(`/v1/sessions/${session_uuid}/scorecard`);
  await evalon.sendEvent(session_uuid, 'session.started');
  await evalon.completeSession(session_uuid);
  await stream.waitForFrame(({ data }) => data.status === 'completed');
  stream.close();
  await page.get(`/v1/sessions/${session_uuid}/scorecard`);
  await page.query({ candidate_email: person.candidate_email });
  await page.get(`/v1/sessions/${name}`);
  const batch = await createBatch(page, buildBatchRequest([{ ...person, candidate_email: `${name}-2@example.com` }]));
  await waitForBatch(page, batch);
  await page.get(`/v1/batches/${name}`);
  await proxy.context.eraseCandidates([person.candidate_email], { iss: 'test', sub: 'administrator' });
  const strangers: [string, string][] = [
    ['GET', `/v1/sessions/${name}?${name}`],
    ['POST', `/${name}/nowhere`],
    ['POST', webhookUrl('', `${name}-is-no-token-of-ours`)],
    ['POST', webhookUrl('')],
    ['PUT', `/embed.js/${name}`],
  ];
  for (const [method, path] of strangers) {
    await fetch(`${proxy.url}${path}`, {
      method,
      headers: { 'x-request-id': `${name}-id` },
      body: method === 'GET' ? null : name,
    });
  }
  return [name, session_uuid, batch];
}

async function onDisk(test: TestContext) {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  const file = `${folder}/evalon.db`;
  return { file, ...(await startStack(test, { settings: { METRICS_TOKEN, DATABASE_URL: `file:${file}` } })) };
}

describe('the metrics', () => {
  it('have every name that a rule, a test of a rule or the dashboard speaks of', async (test) => {
    const { proxy } = await onDisk(test);
    const known = new Set([...(await read(proxy.url)).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
    const tested = [...readFileSync(RULE_TESTS, 'utf8').matchAll(/series: '(\w+)/g)].map(([, name = '']) => name);
    const asked = [...rules(), ...panels.flatMap(({ targets = [] }) => targets)].map(({ expr }) => metricsIn(expr));
    assert.ok(tested.length > 20 && asked.length > 50 && asked.every(({ length }) => length > 0));
    // Prometheus makes this one itself.
    const unknown = [...tested, ...asked.flat()].filter(
      (name) => name !== 'up' && !known.has(name) && !known.has(name.replace(/_bucket$/, '')),
    );
    assert.deepEqual(unknown, []);
  });

  it('have no label that grows with people, sessions, batches or strangers', async (test) => {
    const house = await onDisk(test);
    const seriesAfter = async (name: string) => {
      const names = await everythingAbout(name, house);
      const text = await read(house.proxy.url);
      for (const one of names) assert.ok(!text.includes(one), one);
      return text
        .split('\n')
        .filter((line) => /^(evalon|http)_/.test(line))
        .map((line) => line.slice(0, line.lastIndexOf(' ')));
    };
    await read(house.proxy.url);
    const first = await seriesAfter('ximena');
    assert.ok(first.length > 60);
    assert.deepEqual(await seriesAfter('yolanda'), first);
  });

  it('count webhooks by what came of them, and measure how long pages and results wait for them', async (test) => {
    const { evalon, proxy, page } = await onDisk(test);
    const { session_uuid } = (await page.invite()).body;
    await evalon.sendEvent(session_uuid, 'session.opened');
    await evalon.sendEvent(session_uuid, 'session.opened');
    await evalon.completeSession(session_uuid);
    await evalon.sendWebhook('no JSON');
    await evalon.sendWebhook('x'.repeat(300_000));
    await evalon.sendWebhook('{}', { url: webhookUrl(proxy.url, 'a-wrong-webhook-token') });
    await waitFor(async () => (await page.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    const text = await waitFor(async () => {
      const metrics = await read(proxy.url);
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

  it('say whether the database takes writes, how large it is, and how much room is left', async (test) => {
    const { file, proxy, page } = await onDisk(test);
    const value = async (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await read(proxy.url))?.[1]);
    assert.equal(await value('evalon_database_writable'), 1);
    assert.ok((await value('evalon_database_bytes')) > 4_096);
    assert.ok((await value('evalon_disk_free_bytes')) > 0);
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    assert.equal((await page.invite()).status, 503);
    assert.equal(await value('evalon_database_writable'), 0);
    await release();
    assert.equal(await value('evalon_database_writable'), 1);
  });

  it('count what Evalon answers with 429', async (test) => {
    const { evalon, proxy, page } = await onDisk(test);
    evalon.injectFault('create', { fault: 'refuse', status: 429 }, 1);
    assert.equal((await page.invite()).status, 429);
    assert.ok((await read(proxy.url)).includes('evalon_rate_limited_total 1\n'));
  });
});

describe('an alert', () => {
  for (const { alert, text } of rules()) {
    it(`${alert} has a severity, a time, a summary, and a place in the manual`, () => {
      assert.match(text, /^ {8}labels: \{ severity: (critical|warning|info) \}$/m);
      assert.match(text, /^ {8}for: \d+[mh]$/m);
      assert.match(text, /^ {10}summary: \S/m);
      const anchor = /^ {10}runbook: docs\/deploy\.md#(\S+)$/m.exec(text)?.[1];
      assert.ok(anchor && MANUAL.includes(`<a id="${anchor}"></a>`), text);
    });
  }

  const noPromtool = hasPromtool() ? false : 'promtool is not installed (Debian: prometheus)';
  it('can be read by Prometheus, and fires when it should', { skip: noPromtool }, async () => {
    const run = promisify(execFile);
    assert.match((await run(PROMTOOL, ['check', 'rules', RULES])).stdout, /SUCCESS/);
    assert.match((await run(PROMTOOL, ['test', 'rules', RULE_TESTS])).stdout, /SUCCESS/);
  });
});

function hasPromtool(): boolean {
  try {
    execFileSync(PROMTOOL, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the dashboard', () => {
  it('asks the data source that is chosen, and its panels lie side by side', () => {
    const taken = new Map<string, string>();
    for (const { id, type, title, datasource, gridPos, targets = [] } of panels) {
      const sources = [datasource, ...targets.map((target) => target.datasource)].filter(Boolean);
      assert.ok(type === 'row' || targets.length, title);
      for (const source of sources) assert.equal(source?.uid, `\${datasource}`, title);
      assert.equal(panels.filter((panel) => panel.id === id).length, 1);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          assert.equal(taken.get(`${x} ${y}`), undefined, title);
          assert.ok(x < 24, title);
          taken.set(`${x} ${y}`, title);
        }
      }
    }
  });
});
