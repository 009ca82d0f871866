/**
 * Random messages, with any keys and nesting that the field map knows. The parser never attributes data to another
 * person, and never treats an unfinished result as final.
 */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { readBatch, readScorecard, readSession, readWebhook, SESSION_UUID } from '../support/evalon-messages.ts';
import { buildMessage, keySpelling, placeAnywhere } from '../support/evalon-shapes.ts';
import { testProperty } from '../support/property.ts';

/** Minimum number of cases for each property, also in a short run. */
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

describe('the parser of Evalon’s messages, given random keys and nesting,', () => {
  testProperty(
    'reads exactly the session id and link that a session has, or refuses it',
    0.2,
    fc.tuple(
      placeAnywhere('create', 'session_uuid', sessionId),
      placeAnywhere('create', 'candidate_url', link),
      placeAnywhere('create', 'candidate_email', email),
      keySpelling,
    ),
    ([session, url, candidate, spellKey]) => {
      const alone = readSession(buildMessage([session], spellKey));
      assert.equal(alone.value?.session_uuid, String(session.value));
      const body = buildMessage([session, url, candidate], spellKey);
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
    'refuses a message with two session ids, unless only one key says “uuid” or “session id”',
    0.2,
    fc.tuple(
      placeAnywhere('create', 'session_uuid', fc.constant('sess_1')),
      placeAnywhere('create', 'session_uuid', fc.constant('sess_2')),
      keySpelling,
    ),
    ([first, second, spellKey]) => {
      const body = buildMessage([first, second], spellKey);
      const { value } = readSession(body ?? {});
      const isPrecise = ({ pointer }: { pointer: string }) => /_(uuid|id)$/.test(pointer);
      if (isPrecise(first) && isPrecise(second)) assert.equal(value, undefined);
      else if (isPrecise(first) && value) assert.equal(value.session_uuid, 'sess_1');
      else if (isPrecise(second) && value) assert.equal(value.session_uuid, 'sess_2');
    },
    MIN_CASES,
  );

  testProperty(
    'gives no session of a batch to the person of another item',
    0.2,
    fc.tuple(
      fc.array(
        fc.tuple(
          fc.option(placeAnywhere('batch', 'session_uuid', sessionId), { nil: undefined }),
          fc.option(placeAnywhere('batch', 'candidate_email', email), { nil: undefined }),
          fc.option(placeAnywhere('batch', 'candidate_email', email), { nil: undefined }),
        ),
        { maxLength: 4 },
      ),
      keySpelling,
    ),
    ([people, spellKey]) => {
      const items = people.map(
        (person) =>
          buildMessage(
            person.filter((part) => part !== undefined),
            spellKey,
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
    'never treats a scorecard with an unfinished status as final, and keeps the scale of others',
    0.2,
    fc.tuple(
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(...SCORES),
      placeAnywhere('scorecard', 'overall', fc.constant(undefined)),
      fc.option(placeAnywhere('scorecard', 'status', fc.oneof(finished, unfinished)), { nil: undefined }),
      fc.option(placeAnywhere('scorecard', 'status', unfinished), { nil: undefined }),
      keySpelling,
    ),
    ([number, notate, { pointer }, status, other, spellKey]) => {
      const [score, max] = notate(number);
      const placed = [{ pointer, value: score }, status, other].filter((part) => part !== undefined);
      const body = buildMessage(placed, spellKey);
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
    'reads a webhook as about its own session, or does not understand it',
    0.2,
    fc.tuple(
      placeAnywhere('webhook', 'session_uuid', sessionId),
      placeAnywhere(
        'webhook',
        'event',
        fc.constantFrom('session.completed', 'session_expired', 'AssessmentStarted', 'paused'),
      ),
      fc.option(placeAnywhere('webhook', 'status', unfinished), { nil: undefined }),
      keySpelling,
    ),
    ([session, event, status, spellKey]) => {
      const body = buildMessage(status ? [session, event, status] : [session, event], spellKey);
      for (const { value, report } of readWebhook(body ?? {})) {
        if (value) assert.equal(value.session_uuid, String(session.value));
        if (body && !value) assert.ok(report.leftover.length || report.problems.length || report.matches.length);
      }
    },
    MIN_CASES,
  );
});
