/** Random webhooks: bodies and headers of any kind, and a session's events in any order, repeated or concurrent. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import fc from 'fast-check';
import { pino } from 'pino';
import { type SessionStatus, STATUS_RANK } from '../../proxy/contract/status.ts';
import { createFieldMap } from '../../proxy/evalon/field-map.ts';
import type { JobLoop } from '../../proxy/jobs/job-loop.ts';
import type { RunningProxy } from '../../proxy/server.ts';
import type { Store } from '../../proxy/store/store.ts';
import { systemClock } from '../../proxy/util/clock.ts';
import { startWebhookProcessor } from '../../proxy/webhooks/process.ts';
import { createWebhookReceiver } from '../../proxy/webhooks/receive.ts';
import { createRecruiterClient } from '../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { waitFor } from '../support/eventually.ts';
import { NO_WRITES } from '../support/no-writes.ts';
import { testProperty } from '../support/property.ts';
import { startProxy } from '../support/proxy.ts';
import { buildSessionRow } from '../support/session.ts';
import { openStore } from '../support/test-database.ts';

let evalon: TestEvalon;
let proxy: RunningProxy;
let store: Store;
let processor: JobLoop;
let sessionUuid = '';
let sessionCount = 0;

/** Stands for the id of Jane's session in a body. The session is created only in `before`. */
const SESSION_PLACEHOLDER = '$SESSION';

const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map((json) => Buffer.from(json)),
  fc
    .record(
      {
        event: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('session.completed', 'session.opened')),
        session_uuid: fc.oneof(fc.string(), fc.constant(SESSION_PLACEHOLDER)),
        completed_at: fc.jsonValue(),
        score_summary: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((webhook) => Buffer.from(JSON.stringify(webhook).replace(SESSION_PLACEHOLDER, sessionUuid))),
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/plain', 'application/xml', 'x'),
    'webhook-id': fc.stringMatching(/^[ -~]{0,40}$/),
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity'),
  },
  { requiredKeys: [] },
);

const EVENTS = Object.keys(STATUS_RANK).filter((status) => status !== 'completed');
const eventSequence = fc.record({
  events: fc.array(fc.constantFrom(...EVENTS, 'paused', 'résumé', '__proto__'), { minLength: 1, maxLength: 12 }),
  isRepeated: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 24 }),
});

describe('random webhooks', () => {
  before(async () => {
    evalon = await startEvalon();
    proxy = await startProxy(evalon, { EVALON_WEBHOOK_SECRET: undefined });
    sessionUuid = (await (await createRecruiterClient(proxy.url)).invite()).body.session_uuid;
    store = await openStore(':memory:', 'https://api.evalon.example', systemClock);
    processor = startWebhookProcessor({ store, clock: systemClock, log: pino({ level: 'silent' }), ...NO_WRITES });
  });

  after(async () => {
    await proxy.close();
    await evalon.close();
    await processor.stop();
    await store.close();
  });

  testProperty(
    'are stored or refused, and never create a result',
    { shareOfCases: 0.04 },
    fc.tuple(body, headers),
    async ([bytes, requestHeaders]) => {
      const response = await fetch(evalon.webhookUrl ?? '', { method: 'POST', body: bytes, headers: requestHeaders });
      await response.arrayBuffer();
      assert.ok([202, 400, 415].includes(response.status), `${response.status}`);
      // Not through the API, whose limit of requests a fast machine would reach.
      const session = await proxy.context.store.read(({ sessions }) => sessions.get(sessionUuid));
      assert.notEqual(session?.status, 'completed');
      assert.equal(session?.scorecard, null);
    },
  );

  testProperty(
    'set the most advanced status, in any order and number',
    { shareOfCases: 0.02 },
    eventSequence,
    async ({ events, isRepeated, concurrency }) => {
      const session_uuid = `sess_${sessionCount++}`;
      const row = { ...buildSessionRow(`${session_uuid}@example.com`, new Date().toISOString()), session_uuid };
      await store.write((queries) => queries.sessions.upsert(row));
      const receive = createWebhookReceiver({ store, clock: systemClock, fieldMap: createFieldMap });
      const sent = isRepeated ? [...events, ...events.toReversed()] : events;
      const webhooks = sent.map((name) => Buffer.from(JSON.stringify({ event: `session.${name}`, session_uuid })));
      for (let n = 0; n < webhooks.length; n += concurrency) {
        const concurrent = webhooks.slice(n, n + concurrency);
        await Promise.all(concurrent.map((webhook, index) => receive(webhook, `id-${session_uuid}-${n + index}`)));
      }
      await waitFor(async () => !(await store.read((queries) => queries.webhooks.countByState('pending'))), {
        intervalMs: 1,
      });
      const stored = await store.read((queries) => queries.sessions.get(session_uuid));
      const mostAdvanced = events
        .filter((name): name is SessionStatus => Object.hasOwn(STATUS_RANK, name))
        .reduce((best, name) => (STATUS_RANK[name] > STATUS_RANK[best] ? name : best), 'invited' as SessionStatus);
      assert.equal(stored?.status, mostAdvanced);
      const filter = { topics: [row.candidate_key] };
      const [afterSeq, limit] = [0, 1_000];
      const { rows: statusEvents } = await store.read(({ events }) => events.readPage(afterSeq, limit, filter));
      const ranks = statusEvents.map(({ data }) => STATUS_RANK[JSON.parse(data).status as SessionStatus]);
      assert.deepEqual(
        ranks,
        ranks.toSorted((a, b) => a - b),
      );
    },
  );
});
