/** Webhooks whose shape, encoding or ids differ from the published example. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { createFieldMap, type FieldMap } from '../../../proxy/evalon/field-map.ts';
import { startWebhookProcessor } from '../../../proxy/webhooks/process.ts';
import { createWebhookReceiver } from '../../../proxy/webhooks/receive.ts';
import { startWebhookReparser } from '../../../proxy/webhooks/reparse-unrecognized.ts';
import { createRecruiterClient, type RecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { NO_WRITES } from '../../support/no-writes.ts';
import {
  buildProxySettings,
  createTempFolder,
  startProxyProcess,
  WEBHOOK_TOKEN,
  webhookUrl,
} from '../../support/proxy.ts';
import { buildSessionRow } from '../../support/session.ts';
import { startStack } from '../../support/start-stack.ts';
import { openStore } from '../../support/test-database.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** In this time, the jobs have processed a stored webhook. */
const PROCESSING_MS = 200;

/** Starts a webhook receiver with its jobs, a stopped clock and the session `sess_1`. */
async function openReceiver(test: TestContext) {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const log = pino({ level: 'silent' });
  let map: FieldMap = createFieldMap();
  const fieldMap = () => map;
  await store.write(({ sessions }) =>
    sessions.upsert(buildSessionRow('jane@example.com', new Date(clock.now()).toISOString())),
  );
  const reparser = startWebhookReparser({ store, clock, log, fieldMap });
  const jobs = [reparser, startWebhookProcessor({ store, clock, log, ...NO_WRITES })];
  test.after(async () => {
    await Promise.all(jobs.map((job) => job.stop()));
    await store.close();
  });
  const receiver = createWebhookReceiver({ store, clock, fieldMap });
  return {
    clock,
    store,
    async receive(body: unknown, webhookId?: string): Promise<void> {
      const stored = receiver(Buffer.from(JSON.stringify(body)), webhookId);
      await clock.advance(0);
      await stored;
      await clock.advance(PROCESSING_MS);
    },
    async mapFields(custom: Parameters<typeof createFieldMap>[0]): Promise<void> {
      map = createFieldMap(custom);
      reparser.wake();
      await clock.advance(PROCESSING_MS);
    },
    getSession: () => store.read(({ sessions }) => sessions.get('sess_1')),
    countEvents: async () => {
      const states = ['pending', 'waiting', 'applied', 'failed'] as const;
      const counts = await store.read(({ webhooks }) =>
        Promise.all(states.map((state) => webhooks.countByState(state))),
      );
      return counts.reduce((sum, count) => sum + count);
    },
    countUnrecognized: () => store.read(({ unrecognizedWebhooks }) => unrecognizedWebhooks.count()),
  };
}

describe('a webhook in an unpublished shape', () => {
  const BODIES = {
    'an event name with an underscore': { event: 'session_started', session_uuid: 'sess_1' },
    'a type, with a nested session': { type: 'session.started', data: { session: { id: 'sess_1' } } },
    camelCase: { eventType: 'SessionStarted', sessionUuid: 'sess_1' },
    'a list': [
      { event: 'session.opened', session_uuid: 'sess_1' },
      { event: 'session.started', session_uuid: 'sess_1' },
    ],
    'a list in an object': { events: [{ event: 'session.started', session_uuid: 'sess_1' }] },
    'a status instead of an event': { session_uuid: 'sess_1', status: 'IN_PROGRESS' },
  };
  for (const [name, body] of Object.entries(BODIES)) {
    it(`is applied if it has ${name}`, async (test) => {
      const { receive, getSession, countUnrecognized } = await openReceiver(test);
      await receive(body);
      assert.equal((await getSession())?.status, 'started');
      assert.equal(await countUnrecognized(), 0);
    });
  }

  it('is applied if it has a numeric session id', async (test) => {
    const { store, receive } = await openReceiver(test);
    const row = { ...buildSessionRow('ben@example.com', '2026-01-15T14:30:00.000Z'), session_uuid: '4711' };
    await store.write(({ sessions }) => sessions.upsert(row));
    await receive({ event: 'session.started', session_uuid: 4711 });
    assert.equal((await store.read(({ sessions }) => sessions.get('4711')))?.status, 'started');
  });

  it('is stored if it is not understood, even as a part of a list', async (test) => {
    const { receive, getSession, countUnrecognized } = await openReceiver(test);
    await receive({ ereignis: 'gestartet', sitzung: 'sess_1' });
    await receive([
      { ereignis: 'gestartet', sitzung: 'sess_1' },
      { event: 'session.opened', session_uuid: 'sess_1' },
    ]);
    assert.equal(await countUnrecognized(), 2);
    assert.equal((await getSession())?.status, 'opened');
  });

  it('is stored without being parsed if it has more than 200 events', async (test) => {
    const { receive, countEvents, countUnrecognized } = await openReceiver(test);
    const event = { event: 'session.note', session_uuid: 'sess_1' };
    await receive({ events: Array.from({ length: 201 }, () => event) });
    assert.deepEqual([await countEvents(), await countUnrecognized()], [0, 1]);
    await receive({ events: Array.from({ length: 200 }, () => event) });
    assert.deepEqual([await countEvents(), await countUnrecognized()], [200, 1]);
  });
});

/** As many different texts as fit into a webhook of 256 KiB. */
const MANY_TEXTS = Array.from({ length: 36_000 }, (_, n) => n.toString(36));

const ERASED_MENTIONS: readonly [where: string, build: (uuid: string) => object][] = [
  ['after 36,000 other texts', (uuid) => ({ texts: MANY_TEXTS, sitzung: uuid })],
  ['as a key', (uuid) => ({ sitzungen: { [uuid]: 'gestartet' } })],
  ['in a URL', (uuid) => ({ link: `https://api.evalon.example/sitzungen/${uuid}/ergebnis?v=2` })],
];

/** The fields have German names, which the proxy knows only if a field map has them. */
describe('an unrecognized webhook', () => {
  it('is applied exactly once when the field map understands it', async (test) => {
    const { receive, mapFields, getSession, countUnrecognized, countEvents } = await openReceiver(test);
    await receive({ ereignis: 'session.started', sitzung: { nummer: 'sess_1' } });
    await mapFields({ 'webhook:event': ['/nichts'] });
    assert.deepEqual([(await getSession())?.status, await countUnrecognized()], ['invited', 1]);
    await mapFields({ 'webhook:event': ['/ereignis'], 'webhook:session_uuid': ['/sitzung/nummer'] });
    assert.deepEqual([(await getSession())?.status, await countUnrecognized()], ['started', 0]);
    await mapFields({ event: ['/ereignis'], session_uuid: ['/sitzung/nummer'] });
    assert.equal(await countEvents(), 1);
  });

  it('adds only the events that were not understood before', async (test) => {
    const { clock, receive, mapFields, countUnrecognized, countEvents, getSession } = await openReceiver(test);
    await receive([
      { event: 'session.paused', session_uuid: 'sess_1' },
      { ereignis: 'session.started', session_uuid: 'sess_1' },
    ]);
    assert.deepEqual([await countEvents(), await countUnrecognized()], [1, 1]);
    await clock.advance(10 * MINUTE_MS);
    await mapFields({ event: ['/ereignis'] });
    assert.deepEqual([await countEvents(), await countUnrecognized(), (await getSession())?.status], [2, 0, 'started']);
  });

  it('does not replace a later activity', async (test) => {
    const { clock, receive, mapFields, getSession } = await openReceiver(test);
    await receive({ ereignis: 'session.paused', session_uuid: 'sess_1' });
    await clock.advance(MINUTE_MS);
    await receive({ event: 'session.resumed', session_uuid: 'sess_1' });
    await mapFields({ event: ['/ereignis'] });
    assert.equal((await getSession())?.last_event, 'session.resumed');
  });

  it('is dropped if it names an erased session', async (test) => {
    const { store, receive, countUnrecognized } = await openReceiver(test);
    await store.write(({ tombstones }) => tombstones.add('sess_erased'));
    await receive({ ereignis: 'gestartet', sitzung: { nummer: 'sess_erased' } });
    assert.equal(await countUnrecognized(), 0);
    await receive({ ereignis: 'gestartet', sitzung: { nummer: 'sess_2' } });
    assert.equal(await countUnrecognized(), 1);
  });

  for (const [where, build] of ERASED_MENTIONS) {
    it(`is dropped if it names an erased session ${where}`, async (test) => {
      const { store, receive, countUnrecognized } = await openReceiver(test);
      await store.write(({ tombstones }) => tombstones.add('sess_erased'));
      await receive(build('sess_erased'));
      assert.equal(await countUnrecognized(), 0);
      await receive(build('sess_other'));
      assert.equal(await countUnrecognized(), 1);
    });
  }

  it('is deleted, oldest first, if the stored webhooks are too many, too large or too old', async (test) => {
    const { store } = await openReceiver(test);
    const build = (n: number, bytes: number) => ({
      dedupe_key: `key-${n}`,
      webhook_id: null,
      received_at: new Date(n * SECOND_MS).toISOString(),
      dedupe_until: null,
      field_map_version: createFieldMap().version,
      body_bytes: bytes,
      body: String(n),
    });
    const list = () => store.read(({ unrecognizedWebhooks }) => unrecognizedWebhooks.listAfter(0, 100));
    const limits = { maxRows: 3, maxBytes: 100 };
    await store.write(({ unrecognizedWebhooks }) =>
      unrecognizedWebhooks.insert(
        [1, 2, 3, 4, 5].map((n) => build(n, 10)),
        limits,
      ),
    );
    assert.deepEqual(
      (await list()).map(({ body }) => body),
      ['3', '4', '5'],
    );
    await store.write(({ unrecognizedWebhooks }) => unrecognizedWebhooks.insert([build(6, 85)], limits));
    assert.deepEqual(
      (await list()).map(({ body }) => body),
      ['5', '6'],
    );
    await store.write(({ unrecognizedWebhooks }) =>
      unrecognizedWebhooks.prune(new Date(6 * SECOND_MS).toISOString(), 100),
    );
    assert.deepEqual(
      (await list()).map(({ body }) => body),
      ['6'],
    );
  });
});

describe('identical webhooks without an id or a completion time', () => {
  const paused = { event: 'session.paused', session_uuid: 'sess_1' };
  const resumed = { event: 'session.resumed', session_uuid: 'sess_1' };

  it('are two events if they are minutes apart, so that the sequence paused, resumed, paused ends as paused', async (test) => {
    const { clock, receive, getSession } = await openReceiver(test);
    for (const body of [paused, resumed, paused]) {
      await receive(body);
      await clock.advance(2 * MINUTE_MS);
    }
    assert.equal((await getSession())?.last_event, 'session.paused');
  });

  it('are one event within 60 seconds', async (test) => {
    const { clock, receive, getSession } = await openReceiver(test);
    await receive(paused);
    await receive(resumed);
    await clock.advance(60 * SECOND_MS - 2 * PROCESSING_MS - 1);
    await receive(paused);
    assert.equal((await getSession())?.last_event, 'session.resumed');
    await clock.advance(PROCESSING_MS + 1);
    await receive(paused);
    assert.equal((await getSession())?.last_event, 'session.paused');
  });

  it('are two events within one list', async (test) => {
    const { receive, getSession, countEvents } = await openReceiver(test);
    await receive([paused, resumed, paused]);
    assert.deepEqual([(await getSession())?.last_event, await countEvents()], ['session.paused', 3]);
  });

  it('are one event at any time if the header or the body has an id', async (test) => {
    const { clock, receive, getSession } = await openReceiver(test);
    const send = async (id: number, name: string) => {
      await receive({ id: `evt_${id}`, type: `session.${name}`, data: { session_uuid: 'sess_1' } });
      await clock.advance(10 * MINUTE_MS);
    };
    for (const [id, name] of [
      [1, 'paused'],
      [2, 'resumed'],
      [1, 'paused'],
    ] as const)
      await send(id, name);
    assert.equal((await getSession())?.last_event, 'session.resumed');
    await send(3, 'paused');
    assert.equal((await getSession())?.last_event, 'session.paused');
    for (const [id, body] of [
      ['m1', resumed],
      ['m2', paused],
      ['m1', resumed],
    ] as const) {
      await receive(body, id);
      await clock.advance(10 * MINUTE_MS);
    }
    assert.equal((await getSession())?.last_event, 'session.paused');
  });
});

describe('the encoding of a webhook', () => {
  const json = JSON.stringify({ event: 'session.opened', session_uuid: 'sess_1', candidate_name: 'Zoë' });

  for (const encoding of ['utf-8', 'UTF8', 'identity', 'iso-8859-1', 'us-ascii', 'identity, utf-8']) {
    it(`${encoding} is accepted`, async (test) => {
      const { evalon } = await startStack(test);
      const body = Buffer.from(json, encoding === 'iso-8859-1' ? 'latin1' : 'utf8');
      assert.equal(await evalon.sendWebhook(body, { headers: { 'content-encoding': encoding } }), 202);
    });
  }

  it('gzip is refused with the reason', async (test) => {
    const { evalon } = await startStack(test);
    const response = await fetch(evalon.webhookUrl ?? '', {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(json),
    });
    assert.equal(response.status, 415);
    assert.match((await response.json()).detail, /compressed/);
  });
});

describe('GET and HEAD of the webhook URL', () => {
  it('return 200 with the correct token, and echo a valid challenge as text', async (test) => {
    const { proxy } = await startStack(test);
    const request = ({ query = '', method = 'GET', token = WEBHOOK_TOKEN }) =>
      fetch(`${webhookUrl(proxy.url, token)}${query}`, { method });
    const echoed = await request({ query: '?challenge=abc_DEF-123' });
    assert.deepEqual([echoed.status, await echoed.text()], [200, 'abc_DEF-123']);
    assert.match(echoed.headers.get('content-type') ?? '', /^text\/plain/);
    assert.equal(echoed.headers.get('x-content-type-options'), 'nosniff');
    for (const query of ['', '?challenge=<script>', `?challenge=${'a'.repeat(257)}`, '?challenge=a&challenge=b']) {
      const response = await request({ query });
      assert.deepEqual([response.status, await response.text()], [200, ''], query);
    }
    assert.equal((await request({ method: 'HEAD' })).status, 200);
    assert.equal((await request({ token: 'the-wrong-webhook-token' })).status, 401);
    assert.equal((await request({ method: 'HEAD', token: 'the-wrong-webhook-token' })).status, 401);
  });
});

describe('a changed EVALON_FIELD_MAP_FILE', () => {
  it('applies stored webhooks with and without a restart', async (test) => {
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    const mapFile = `${folder}/field-map.json`;
    writeFileSync(mapFile, '{}');
    const settings = buildProxySettings(evalon, {
      DATABASE_URL: `file:${folder}/evalon.db`,
      EVALON_FIELD_MAP_FILE: mapFile,
    });
    const start = async () => {
      const proxy = await startProxyProcess(settings);
      test.after(() => proxy.kill('SIGKILL'));
      evalon.webhookUrl = webhookUrl(proxy.url);
      return { proxy, recruiter: await createRecruiterClient(proxy.url) };
    };
    test.after(async () => {
      await evalon.close();
      remove();
    });
    const first = await start();
    const { session_uuid } = (await first.recruiter.invite()).body;
    const waitForStatus = (recruiter: RecruiterClient, status: string) =>
      waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === status);
    assert.equal(await evalon.sendWebhook(JSON.stringify({ ereignis: 'session.opened', session_uuid })), 202);
    assert.equal(await evalon.sendWebhook(JSON.stringify({ evento: 'session.started', session_uuid })), 202);
    writeFileSync(mapFile, JSON.stringify({ event: ['/ereignis'] }));
    await waitForStatus(first.recruiter, 'opened');
    await first.proxy.kill('SIGKILL');
    writeFileSync(mapFile, JSON.stringify({ event: ['/evento'] }));
    const second = await start();
    await waitForStatus(second.recruiter, 'started');
  });
});
