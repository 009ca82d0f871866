/** Random messages of Evalon: the proxy parses them to the contract's shapes, or refuses them. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { scorecardSchema } from '../../proxy/contract/scorecard.ts';
import {
  batchResponseSchema,
  scorecardResponseSchema,
  sessionResponseSchema,
  toScorecard,
  webhookSchema,
} from '../../proxy/evalon/schemas.ts';
import { testProperty } from '../support/property.ts';

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('82', '82.50', '1e999', '-1', '', '2026-01-15T14:30:00Z', '+275760-09-13', 'now', '\ud800'),
);
const maybe = (one: fc.Arbitrary<unknown>) => fc.oneof(one, anything);
const question = fc.record(
  { prompt: anything, title: anything, text: anything, score: anything, max_score: anything, time_seconds: anything },
  { requiredKeys: [] },
);
const section = fc.record(
  { name: anything, score: anything, max_score: anything, questions: maybe(fc.array(question, { maxLength: 3 })) },
  { requiredKeys: [] },
);
const scorecard = fc.record(
  {
    session_uuid: anything,
    assessment_type: anything,
    overall: anything,
    sections: maybe(fc.array(maybe(section), { maxLength: 3 })),
    narrative: anything,
    narrative_summary: anything,
    completed_at: anything,
  },
  { requiredKeys: [] },
);

describe('a random message of Evalon', () => {
  testProperty('is parsed to a scorecard of the contract, or refused', 0.08, maybe(scorecard), (json) => {
    const parsed = scorecardResponseSchema.safeParse(json);
    if (!parsed.success) return;
    const scorecard = JSON.parse(JSON.stringify(toScorecard('sess_1', parsed.data)));
    scorecardSchema.strict().parse(scorecard);
  });

  testProperty(
    'is parsed to a session or batch with valid ids, or refused',
    0.05,
    fc.tuple(
      maybe(fc.record({ session_uuid: anything, candidate_url: anything, status: anything }, { requiredKeys: [] })),
      maybe(fc.record({ results: maybe(fc.array(anything, { maxLength: 4 })) })),
    ),
    ([session, batch]) => {
      const parsed = sessionResponseSchema.safeParse(session);
      if (parsed.success) assert.match(parsed.data.session_uuid, /^[\x21-\x7e]{1,200}$/);
      const items = batchResponseSchema.safeParse(batch);
      for (const item of items.data ?? []) assert.ok(!(item.session && item.errorStatus !== undefined));
    },
  );

  testProperty(
    'is parsed to a webhook with an event and a session, or refused',
    0.05,
    maybe(fc.record({ event: anything, session_uuid: anything, completed_at: anything }, { requiredKeys: [] })),
    (json) => {
      const parsed = webhookSchema.safeParse(json);
      if (parsed.success) assert.ok(parsed.data.event && parsed.data.session_uuid);
    },
  );
});
