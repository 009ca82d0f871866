import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redact } from '../../../proxy/util/redact.ts';

const JANES_NAMES = ['jane@example.com', 'Jane O’Smith'];

describe("another server's text in the log", () => {
  const CASES: [what: string, text: string, expected: string, hidden?: { secrets?: string[]; names?: string[] }][] = [
    ['keeps words that are no name, email or secret', 'The project is out of credits', 'The project is out of credits'],
    ['has no name', 'Jane O’Smith may not be invited', '[redacted] may not be invited'],
    ['has no word of a name, in any case', 'SMITH, jane: no', '[redacted], [redacted]: no'],
    ['keeps words that only contain a word of a name', 'Janet Smithson', 'Janet Smithson'],
    ['has no email, not even of another person', 'a.b+c@evalon.example (x@y) failed', '[email] ([email]) failed'],
    ['has no encoded email', 'jane%40example.com', '[email]'],
    ['has no secret', 'key EVA_live_1 and eva_live_1x', 'key [redacted] and [redacted]x', { secrets: ['eva_live_1'] }],
    ['has no name between other letters', '候选人李伟无效', '候选人[redacted]无效', { names: ['李伟'] }],
    ['has no overlapping names', 'abcde', '[redacted]e', { names: ['abc', 'bcd'] }],
    ['treats a name as text, not as a pattern', 'a+b (.*) ok', '[redacted] [redacted] ok', { names: ['a+b', '(.*)'] }],
    ['is one line', 'a\r\n\u2028b\u0000', 'a b '],
    ['is cut to 500 characters', 'x '.repeat(5_000), 'x '.repeat(250)],
  ];
  for (const [what, text, expected, { secrets = [], names = JANES_NAMES } = {}] of CASES) {
    it(what, () => assert.equal(redact(text, { secrets, names }), expected));
  }
});
