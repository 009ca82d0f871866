/** What the widget takes in: answers and frames of a proxy that may be newer, or of somebody in between. */
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
/** JSON of any shape in which names that we know are frequent. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 8 }),
  ),
}));

const isText = (one: unknown) => typeof one === 'string';
const isNumber = (one: unknown) => typeof one === 'number' && Number.isFinite(one);

describe('the widget takes in', () => {
  testProperty('sessions that can be shown, and nothing else', 0.08, value, (json) => {
    const session = parseSession(json);
    if (!session) return;
    assert.ok([session.session_uuid, session.candidate_email, session.status, session.candidate_name].every(isText));
    const link = session.candidate_url;
    if (link !== undefined) assert.match(link, /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/i);
  });

  testProperty('results whose numbers are numbers and whose words are words', 0.08, value, (json) => {
    const result = parseScorecard(json);
    for (const section of result?.sections ?? []) {
      assert.ok(isText(section.name) && isNumber(section.max_score) && section.max_score !== 0);
      assert.ok(section.score === null || isNumber(section.score));
      for (const question of section.questions) assert.ok(isText(question.title) && isNumber(question.time_seconds));
    }
    if (result?.overall !== undefined) assert.ok(isNumber(result.overall));
  });

  testProperty('answers to queries, and offers that promise no more than was said', 0.08, value, (json) => {
    const answer = parseQueryResponse(json);
    if (answer) assert.ok(isText(answer.cursor) && answer.cursor && Array.isArray(answer.sessions));
    const offer = parseClientConfig(json);
    if (!offer) return;
    assert.ok(['copy', 'evalon', 'ats'].includes(offer.delivery));
    const scope = (json as Record<string, unknown>)['scope'];
    assert.equal(offer.canInvite, Array.isArray(scope) && scope.includes('invite'));
    for (const one of offer.assessments) assert.ok([one.assessment_type, one.project_id, one.label].every(isText));
  });
});
