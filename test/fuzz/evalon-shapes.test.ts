/**
 * Random messages from Evalon: values at random places that the built-in field map knows, and keys in a random
 * spelling. The parser never assigns data to the wrong candidate, and never treats an unfinished result as final.
 */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { readBatch, readScorecard, readSession, readWebhook, SESSION_UUID } from '../support/evalon-messages.ts';
import { buildMessage, keySpelling, placeAnywhere } from '../support/evalon-shapes.ts';
import { testProperty } from '../support/property.ts';

const OPTIONS = { shareOfCases: 0.2, minCases: 2_000 };

const sessionId = fc.oneof(
  fc.stringMatching(/^sess_[a-z0-9]{1,8}$/),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);
const email = fc.stringMatching(/^[a-z]{1,8}@example\.com$/);
const link = fc.stringMatching(/^https:\/\/take\.evalon\.example\/[a-z0-9]{1,8}$/);
const unfinishedStatus = fc.constantFrom(
  'scoring',
  'IN_PROGRESS',
  'not-started',
  'Pending',
  'submitted',
  'paused',
  'expired',
);
const finishedStatus = fc.constantFrom('completed', 'Finished', 'GRADED', 'session.completed', 'done');
/** The notations in which Evalon may write an overall score, each with the maximum that the parser must find. */
const SCORE_NOTATIONS: readonly ((value: number) => [score: unknown, max: number | null])[] = [
  (value) => [value, null],
  (value) => [String(value), null],
  (value) => [`${value}%`, 100],
  (value) => [`${value}/100`, 100],
  (value) => [{ value, max: 100 }, 100],
  (value) => [{ Score: String(value), outOf: 100 }, 100],
];

describe('the parser of Evalon’s messages', () => {
  testProperty(
    'finds the session’s id, link and email at any known place, or refuses the message',
    OPTIONS,
    fc.tuple(
      placeAnywhere('create', 'session_uuid', sessionId),
      placeAnywhere('create', 'candidate_url', link),
      placeAnywhere('create', 'candidate_email', email),
      keySpelling,
    ),
    ([session, url, candidateEmail, spellKey]) => {
      const withIdOnly = readSession(buildMessage([session], spellKey));
      assert.equal(withIdOnly.value?.session_uuid, String(session.value));
      const body = buildMessage([session, url, candidateEmail], spellKey);
      // `buildMessage` returns undefined if two values need the same place.
      const { value, report } = readSession(body ?? {});
      assert.doesNotMatch(JSON.stringify(report), /sess_|example|\d{5}/, 'the report contains a value');
      if (!body || !value) return;
      assert.equal(value.session_uuid, String(session.value));
      assert.equal(value.candidate_url, url.value);
      assert.equal(value.candidate_email, candidateEmail.value);
    },
  );

  testProperty(
    'refuses two session ids, unless exactly one of them has a key that ends with “uuid” or “id”',
    OPTIONS,
    fc.tuple(
      placeAnywhere('create', 'session_uuid', fc.constant('sess_1')),
      placeAnywhere('create', 'session_uuid', fc.constant('sess_2')),
      keySpelling,
    ),
    ([first, second, spellKey]) => {
      const body = buildMessage([first, second], spellKey);
      const { value } = readSession(body ?? {});
      const isIdKey = ({ pointer }: { pointer: string }) => /_(uuid|id)$/.test(pointer);
      if (isIdKey(first) && isIdKey(second)) assert.equal(value, undefined);
      else if (isIdKey(first) && value) assert.equal(value.session_uuid, 'sess_1');
      else if (isIdKey(second) && value) assert.equal(value.session_uuid, 'sess_2');
    },
  );

  testProperty(
    'never combines the session and the candidate of two different batch items',
    OPTIONS,
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
    ([itemParts, spellKey]) => {
      const items = itemParts.map(
        (parts) =>
          buildMessage(
            parts.filter((part) => part !== undefined),
            spellKey,
          ) ?? {},
      );
      const { value } = readBatch({ results: items });
      for (const [index, [session, firstEmail, secondEmail]] of itemParts.entries()) {
        const result = value?.[index];
        if (result?.session) assert.equal(result.session.session_uuid, String(session?.value));
        if (result?.candidate_email === undefined) continue;
        assert.ok([firstEmail?.value, secondEmail?.value].includes(result.candidate_email));
      }
    },
  );

  testProperty(
    'treats a scorecard with an unfinished status as not ready, and otherwise reads its score and maximum',
    OPTIONS,
    fc.tuple(
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(...SCORE_NOTATIONS),
      // Only the place is random here. The test puts the written score there.
      placeAnywhere('scorecard', 'overall', fc.constant(undefined)),
      fc.option(placeAnywhere('scorecard', 'status', fc.oneof(finishedStatus, unfinishedStatus)), { nil: undefined }),
      fc.option(placeAnywhere('scorecard', 'status', unfinishedStatus), { nil: undefined }),
      keySpelling,
    ),
    ([overall, writeScore, { pointer }, status, secondStatus, spellKey]) => {
      const [score, max] = writeScore(overall);
      const placed = [{ pointer, value: score }, status, secondStatus].filter((part) => part !== undefined);
      const body = buildMessage(placed, spellKey);
      if (!body) return;
      const { value } = readScorecard(body);
      const isUnfinished =
        secondStatus !== undefined || (status && !/complete|finished|graded|done/i.test(String(status.value)));
      if (isUnfinished) assert.notEqual(value?.isComplete, true);
      else
        assert.deepEqual(
          [value?.isComplete, value?.scorecard.overall, value?.scorecard.overall_max],
          [true, overall, max],
        );
      assert.equal(value?.scorecard.session_uuid, SESSION_UUID);
    },
  );

  testProperty(
    'finds the webhook’s session, or reports the webhook as not understood',
    OPTIONS,
    fc.tuple(
      placeAnywhere('webhook', 'session_uuid', sessionId),
      placeAnywhere(
        'webhook',
        'event',
        fc.constantFrom('session.completed', 'session_expired', 'AssessmentStarted', 'paused'),
      ),
      fc.option(placeAnywhere('webhook', 'status', unfinishedStatus), { nil: undefined }),
      keySpelling,
    ),
    ([session, event, status, spellKey]) => {
      const body = buildMessage(status ? [session, event, status] : [session, event], spellKey);
      for (const { value, report } of readWebhook(body ?? {})) {
        if (value) assert.equal(value.session_uuid, String(session.value));
        if (body && !value) assert.ok(report.leftover.length || report.problems.length || report.matches.length);
      }
    },
  );
});
