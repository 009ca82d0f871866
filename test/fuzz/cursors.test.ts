/** Resumes streams from arbitrary values of `Last-Event-ID`: without a gap, or with a reset. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import fc from 'fast-check';
import type { RunningProxy } from '../../proxy/server.ts';
import { createRecruiterPool, JANE, type RecruiterClient } from '../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { testProperty } from '../support/property.ts';
import { startProxy } from '../support/proxy.ts';

/** As many as the rate limit of one address allows. */
const RECRUITERS = 20;
const WATCH = { candidate_email: JANE.candidate_email };
let evalon: TestEvalon;
let proxy: RunningProxy;
let nextRecruiter: () => RecruiterClient;
let epoch = '';
/** Numbers of all events about Jane. */
let all: number[] = [];
let last = 0;

before(async () => {
  evalon = await startEvalon();
  proxy = await startProxy(evalon);
  nextRecruiter = await createRecruiterPool(proxy.url, RECRUITERS);
  const page = nextRecruiter();
  const { session_uuid } = (await page.invite()).body;
  const stream = await page.openStream([WATCH]);
  for (let n = 0; n < 12; n++) {
    await evalon.sendEvent(session_uuid, `session.seen_${n}`);
    // Events of other candidates leave gaps between the numbers of Jane's events.
    await page.invite({ candidate_email: `other-${n}@example.com` });
    await stream.waitForFrame(({ data }) => data.last_event === `session.seen_${n}`);
  }
  stream.close();
  const [first] = stream.frames;
  epoch = first?.id?.split('.')[0] ?? '';
  const replay = await page.openStream([WATCH], `${epoch}.0`);
  await replay.waitForFrame(({ data }) => data.last_event === 'session.seen_11');
  replay.close();
  all = replay.frames.map(({ id }) => Number(id?.split('.')[1]));
  last = all.at(-1) ?? 0;
});
after(async () => {
  await proxy.close();
  await evalon.close();
});

const cursor = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 40 }).map((seq) => `$.${seq}`) },
  fc.nat().map((seq) => `$.${seq}`),
  fc.constantFrom(
    '$',
    '$.',
    '.',
    '$.-1',
    '$.1.2',
    '$.0x1',
    '$.1e1',
    ' $.1',
    '$.01',
    'ffffffff.1',
    '$.999999999999999999',
  ),
  fc.stringMatching(/^[!-~]{0,40}$/),
);

describe('a cursor', () => {
  testProperty('of any form resumes the stream without a gap, or returns a reset', 0.02, cursor, async (form) => {
    const text = form.replace('$', epoch);
    const stream = await nextRecruiter().openStream([WATCH], text);
    assert.equal(stream.status, 200);
    const [, seq] = new RegExp(`^${epoch}\\.(\\d{1,15})$`).exec(text.trim()) ?? [];
    const follows = seq !== undefined && Number(seq) < last;
    if (follows) await stream.waitForFrame(({ id }) => id === `${epoch}.${last}`);
    else if (seq === undefined) await stream.waitForFrame(({ event }) => event === 'reset');
    stream.close();
    const received = stream.frames
      .filter(({ event }) => event === 'session')
      .map(({ id }) => Number(id?.split('.')[1]));
    if (follows)
      assert.deepEqual(
        received,
        all.filter((one) => one > Number(seq)),
      );
    else assert.deepEqual(received, []);
  });
});
