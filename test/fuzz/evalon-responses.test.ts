/** Random messages from Evalon: the proxy converts each message to a valid value of the contract, or refuses it. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { scorecardSchema } from '../../proxy/contract/scorecard.ts';
import { createFieldMap } from '../../proxy/evalon/field-map.ts';
import { parseScorecardResponse } from '../../proxy/evalon/parse-scorecard.ts';
import { parseBatchResponse, parseSessionResponse } from '../../proxy/evalon/parse-session.ts';
import { parseWebhook } from '../../proxy/evalon/parse-webhook.ts';
import { parseJson } from '../../proxy/util/json.ts';
import { testProperty } from '../support/property.ts';

const CONTEXT = { fieldMap: createFieldMap(), baseUrl: 'https://api.evalon.example', now: Date.UTC(2026, 0, 20) };

/** The most entries in the lists `leftover` and `problems` of a parser's report. */
const MAX_LEFTOVER = 40;
const MAX_PROBLEMS = 20;

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('82', '82.50', '82%', '82/100', '1e999', '-1', '', '2026-01-15T14:30:00Z', '+275760-09-13', '\ud800'),
);
const orAnything = (values: fc.Arbitrary<unknown>) => fc.oneof(values, anything);
const question = fc.record(
  { prompt: anything, title: anything, text: anything, score: anything, max_score: anything, time_seconds: anything },
  { requiredKeys: [] },
);
const section = fc.record(
  { name: anything, score: anything, max_score: anything, questions: orAnything(fc.array(question, { maxLength: 3 })) },
  { requiredKeys: [] },
);
const scorecard = fc.record(
  {
    session_uuid: anything,
    assessment_type: anything,
    overall: anything,
    sections: orAnything(fc.array(orAnything(section), { maxLength: 3 })),
    narrative: anything,
    narrative_summary: anything,
    completed_at: anything,
  },
  { requiredKeys: [] },
);

describe('a random message from Evalon', () => {
  testProperty('is parsed as a valid scorecard or refused', { shareOfCases: 0.08 }, orAnything(scorecard), (json) => {
    const { value, report } = parseScorecardResponse(json, 'sess_1', CONTEXT);
    assert.ok(report.leftover.length <= MAX_LEFTOVER && report.problems.length <= MAX_PROBLEMS);
    if (value) scorecardSchema.strict().parse(JSON.parse(JSON.stringify(value.scorecard)));
  });

  testProperty(
    'is parsed as a session or batch with valid ids, or refused',
    { shareOfCases: 0.05 },
    fc.tuple(
      orAnything(
        fc.record({ session_uuid: anything, candidate_url: anything, status: anything }, { requiredKeys: [] }),
      ),
      orAnything(fc.record({ results: orAnything(fc.array(anything, { maxLength: 4 })) })),
    ),
    ([session, batch]) => {
      const { value } = parseSessionResponse(session, CONTEXT);
      if (value) assert.match(value.session_uuid, /^\P{C}{1,1000}$/u);
      // A session has either a link or a link problem.
      if (value) assert.notEqual(value.candidate_url === undefined, value.link_problem === undefined);
      for (const item of parseBatchResponse(batch, CONTEXT).value ?? []) {
        assert.ok(!(item.session && item.errorStatus !== undefined));
      }
    },
  );

  testProperty(
    'is parsed as webhooks with an event and a session, or refused',
    { shareOfCases: 0.05 },
    orAnything(fc.record({ event: anything, session_uuid: anything, completed_at: anything }, { requiredKeys: [] })),
    (json) => {
      for (const { value } of parseWebhook(json, CONTEXT)) if (value) assert.ok(value.event && value.session_uuid);
    },
  );

  // `parseJson` returns large integers as text, because a number would round them.
  const jsonWithoutLargeIntegers = fc.jsonValue({ maxDepth: 5 }).filter((json) => !/\d{16}/.test(JSON.stringify(json)));
  testProperty('that is valid JSON keeps its value', { shareOfCases: 0.05 }, jsonWithoutLargeIntegers, (json) => {
    const text = JSON.stringify(json, undefined, 2);
    assert.deepEqual(parseJson(`\uFEFF${text}`), JSON.parse(text));
  });
});
