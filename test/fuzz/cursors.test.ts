/** Random values of `Last-Event-ID`: the stream resumes without a gap, or sends a reset. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import fc from 'fast-check';
import type { RunningProxy } from '../../proxy/server.ts';
import { createRecruiterPool, JANE, type RecruiterClient } from '../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { testProperty } from '../support/property.ts';
import { startProxy } from '../support/proxy.ts';

/** Enough recruiters that none reaches the rate limit for opening streams. */
const RECRUITER_COUNT = 20;
/** How many events about Jane the proxy stores after the invite. */
const EVENT_COUNT = 12;
const WATCH = { candidate_email: JANE.candidate_email };
let evalon: TestEvalon;
let proxy: RunningProxy;
let nextRecruiter: () => RecruiterClient;
let epoch = '';
/** Sequence numbers of all events about Jane, in order. */
let eventNumbers: number[] = [];
let lastNumber = 0;

/** Values of `Last-Event-ID`. A valid value is `<epoch>.<sequence number>`. `$` stands for the database's epoch. */
const cursorTemplate = fc.oneof(
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
  before(async () => {
    evalon = await startEvalon();
    proxy = await startProxy(evalon);
    nextRecruiter = await createRecruiterPool(proxy.url, RECRUITER_COUNT);
    const recruiter = nextRecruiter();
    const { session_uuid } = (await recruiter.invite()).body;
    const stream = await recruiter.openStream([WATCH]);
    for (let n = 0; n < EVENT_COUNT; n++) {
      await evalon.sendEvent(session_uuid, `session.seen_${n}`);
      // Events of other candidates leave gaps between the numbers of Jane's events.
      await recruiter.invite({ candidate_email: `other-${n}@example.com` });
      await stream.waitForFrame(({ data }) => data.last_event === `session.seen_${n}`);
    }
    stream.close();
    const [firstFrame] = stream.frames;
    epoch = firstFrame?.id?.split('.')[0] ?? '';
    const replay = await recruiter.openStream([WATCH], `${epoch}.0`);
    await replay.waitForFrame(({ data }) => data.last_event === `session.seen_${EVENT_COUNT - 1}`);
    replay.close();
    eventNumbers = replay.frames.map(({ id }) => Number(id?.split('.')[1]));
    lastNumber = eventNumbers.at(-1) ?? 0;
  });

  after(async () => {
    await proxy.close();
    await evalon.close();
  });

  testProperty(
    'with any value resumes the stream without a gap or returns a reset',
    { shareOfCases: 0.02 },
    cursorTemplate,
    async (template) => {
      const cursor = template.replace('$', epoch);
      const stream = await nextRecruiter().openStream([WATCH], cursor);
      assert.equal(stream.status, 200);
      // The proxy accepts sequence numbers of at most 15 digits.
      const [, seq] = new RegExp(`^${epoch}\\.(\\d{1,15})$`).exec(cursor.trim()) ?? [];
      const hasNewEvents = seq !== undefined && Number(seq) < lastNumber;
      if (hasNewEvents) await stream.waitForFrame(({ id }) => id === `${epoch}.${lastNumber}`);
      else if (seq === undefined) await stream.waitForFrame(({ event }) => event === 'reset');
      stream.close();
      const received = stream.frames
        .filter(({ event }) => event === 'session')
        .map(({ id }) => Number(id?.split('.')[1]));
      if (hasNewEvents)
        assert.deepEqual(
          received,
          eventNumbers.filter((number) => number > Number(seq)),
        );
      else assert.deepEqual(received, []);
    },
  );
});
