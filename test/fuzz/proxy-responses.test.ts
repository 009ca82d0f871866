/** Random responses and frames, such as from a newer proxy: the widget accepts only values that it can show. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { parseClientConfig, parseQueryResponse, parseScorecard, parseSession } from '../../widget/api/parse.ts';
import { testProperty } from '../support/property.ts';

const KEYS = [
  'session_uuid',
  'candidate_email',
  'candidate_url',
  'status',
  'score_summary',
  'overall',
  'sections',
  'questions',
  'name',
  'score',
  'max_score',
  'sessions',
  'denied',
  'cursor',
  'viewer',
  'assessments',
  'scope',
  'delivery',
  'confirming',
  '__proto__',
];
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('https://evalon.example/take/1', 'javascript:alert(1)', 'http://localhost/x', 'data:text/html,x'),
);
/** JSON of any shape. Its keys are often field names of the contract. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 8 }),
  ),
}));

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);

describe('the widget accepts', () => {
  testProperty('only sessions that it can show', { shareOfCases: 0.08 }, value, (json) => {
    const session = parseSession(json);
    if (!session) return;
    assert.ok([session.session_uuid, session.candidate_email, session.status, session.candidate_name].every(isText));
    const link = session.candidate_url;
    if (link !== undefined) assert.match(link, /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/i);
  });

  testProperty('only scorecards with numbers and texts in the right places', { shareOfCases: 0.08 }, value, (json) => {
    const result = parseScorecard(json);
    for (const section of result?.sections ?? []) {
      assert.ok(isText(section.name));
      assert.ok(section.max_score === null || (isNumber(section.max_score) && section.max_score !== 0));
      assert.ok(section.score === null || isNumber(section.score));
      for (const question of section.questions) assert.ok(isText(question.title) && isNumber(question.time_seconds));
    }
    if (result?.overall !== undefined) assert.ok(isNumber(result.overall));
  });

  testProperty(
    'only valid query responses, and only the rights that the proxy sent',
    { shareOfCases: 0.08 },
    value,
    (json) => {
      const response = parseQueryResponse(json);
      if (response) assert.ok(isText(response.cursor) && response.cursor && Array.isArray(response.sessions));
      const config = parseClientConfig(json);
      if (!config) return;
      assert.ok(['copy', 'evalon', 'ats'].includes(config.delivery));
      const scope = (json as Record<string, unknown>)['scope'];
      assert.equal(config.canInvite, Array.isArray(scope) && scope.includes('invite'));
      for (const { assessment_type, project_id, label } of config.assessments) {
        assert.ok([assessment_type, project_id, label].every(isText));
      }
    },
  );
});
