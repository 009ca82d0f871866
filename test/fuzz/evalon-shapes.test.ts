/** Messages in shapes of the field map's vocabulary: nothing is read as another person's, and nothing unfinished as final. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { readBatch, readScorecard, readSession, readWebhook, SESSION_UUID } from '../support/evalon-messages.ts';
import { buildMessage, placeAt, spelling } from '../support/evalon-shapes.ts';
import { testProperty } from '../support/property.ts';

/** At least, also in a short run. */
const MIN_CASES = 2_000;

const sessionId = fc.oneof(
  fc.stringMatching(/^sess_[a-z0-9]{1,8}$/),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);
const email = fc.stringMatching(/^[a-z]{1,8}@example\.com$/);
const link = fc.stringMatching(/^https:\/\/take\.evalon\.example\/[a-z0-9]{1,8}$/);
const unfinished = fc.constantFrom(
  'scoring',
  'IN_PROGRESS',
  'not-started',
  'Pending',
  'submitted',
  'paused',
  'expired',
);
const finished = fc.constantFrom('completed', 'Finished', 'GRADED', 'session.completed', 'done');
const SCORES: readonly ((value: number) => [unknown, number | null])[] = [
  (value) => [value, null],
  (value) => [String(value), null],
  (value) => [`${value}%`, 100],
  (value) => [`${value}/100`, 100],
  (value) => [{ value, max: 100 }, 100],
  (value) => [{ Score: String(value), outOf: 100 }, 100],
];

describe('a message in a random shape', () => {
  testProperty(
    'of a session names its own session and link, or is refused',
    0.2,
    fc.tuple(
      placeAt('create', 'session_uuid', sessionId),
      placeAt('create', 'candidate_url', link),
      placeAt('create', 'candidate_email', email),
      spelling,
    ),
    ([session, url, candidate, spell]) => {
      const alone = readSession(buildMessage([session], spell));
      assert.equal(alone.value?.session_uuid, String(session.value));
      const body = buildMessage([session, url, candidate], spell);
      const { value, report } = readSession(body ?? {});
      assert.doesNotMatch(JSON.stringify(report), /sess_|example|\d{5}/);
      if (!body || !value) return;
      assert.equal(value.session_uuid, String(session.value));
      assert.equal(value.candidate_url, url.value);
      assert.equal(value.candidate_email, candidate.value);
    },
    MIN_CASES,
  );

  testProperty(
    'of two sessions is refused, unless one of them is named more precisely',
    0.2,
    fc.tuple(
      placeAt('create', 'session_uuid', fc.constant('sess_1')),
      placeAt('create', 'session_uuid', fc.constant('sess_2')),
      spelling,
    ),
    ([first, second, spell]) => {
      const body = buildMessage([first, second], spell);
      const { value } = readSession(body ?? {});
      const isPrecise = ({ pointer }: { pointer: string }) => /_(uuid|id)$/.test(pointer);
      if (isPrecise(first) && isPrecise(second)) assert.equal(value, undefined);
      else if (isPrecise(first) && value) assert.equal(value.session_uuid, 'sess_1');
      else if (isPrecise(second) && value) assert.equal(value.session_uuid, 'sess_2');
    },
    MIN_CASES,
  );

  testProperty(
    'of a batch gives no session to the person of another item',
    0.2,
    fc.tuple(
      fc.array(
        fc.tuple(
          fc.option(placeAt('batch', 'session_uuid', sessionId), { nil: undefined }),
          fc.option(placeAt('batch', 'candidate_email', email), { nil: undefined }),
          fc.option(placeAt('batch', 'candidate_email', email), { nil: undefined }),
        ),
        { maxLength: 4 },
      ),
      spelling,
    ),
    ([people, spell]) => {
      const items = people.map(
        (person) =>
          buildMessage(
            person.filter((part) => part !== undefined),
            spell,
          ) ?? {},
      );
      const { value } = readBatch({ results: items });
      for (const [index, [session, candidate, other]] of people.entries()) {
        const result = value?.[index];
        if (result?.session) assert.equal(result.session.session_uuid, String(session?.value));
        if (result?.candidate_email === undefined) continue;
        assert.ok([candidate?.value, other?.value].includes(result.candidate_email));
      }
    },
    MIN_CASES,
  );

  testProperty(
    'of a scorecard is final only with a finished status, and keeps its scale',
    0.2,
    fc.tuple(
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(...SCORES),
      placeAt('scorecard', 'overall', fc.constant(undefined)),
      fc.option(placeAt('scorecard', 'status', fc.oneof(finished, unfinished)), { nil: undefined }),
      fc.option(placeAt('scorecard', 'status', unfinished), { nil: undefined }),
      spelling,
    ),
    ([number, notate, { pointer }, status, other, spell]) => {
      const [score, max] = notate(number);
      const placed = [{ pointer, value: score }, status, other].filter((part) => part !== undefined);
      const body = buildMessage(placed, spell);
      if (!body) return;
      const { value } = readScorecard(body);
      const isUnfinished =
        other !== undefined || (status && !/complete|finished|graded|done/i.test(String(status.value)));
      if (isUnfinished) assert.notEqual(value?.isComplete, true);
      else
        assert.deepEqual(
          [value?.isComplete, value?.scorecard.overall, value?.scorecard.overall_max],
          [true, number, max],
        );
      assert.equal(value?.scorecard.session_uuid, SESSION_UUID);
    },
    MIN_CASES,
  );

  testProperty(
    'of a webhook concerns its own session, or is not understood',
    0.2,
    fc.tuple(
      placeAt('webhook', 'session_uuid', sessionId),
      placeAt(
        'webhook',
        'event',
        fc.constantFrom('session.completed', 'session_expired', 'AssessmentStarted', 'paused'),
      ),
      fc.option(placeAt('webhook', 'status', unfinished), { nil: undefined }),
      spelling,
    ),
    ([session, event, status, spell]) => {
      const body = buildMessage(status ? [session, event, status] : [session, event], spell);
      for (const { value, report } of readWebhook(body ?? {})) {
        if (value) assert.equal(value.session_uuid, String(session.value));
        if (body && !value) assert.ok(report.leftover.length || report.problems.length || report.matches.length);
      }
    },
    MIN_CASES,
  );
});
