import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTime } from '../../../proxy/evalon/values/time.ts';
import { parseJson } from '../../../proxy/util/json.ts';
import { NOW_MS } from '../../support/evalon-messages.ts';

describe('JSON', () => {
  it('keeps an integer as text if a number would round it', () => {
    assert.deepEqual(
      parseJson('{"a":12345678901234567890,"b":1234567890123456,"c":"12345678901234567890","d":1e300}'),
      {
        a: '12345678901234567890',
        b: 1234567890123456,
        c: '12345678901234567890',
        d: 1e300,
      },
    );
  });
  it('may begin with a byte order mark', () => assert.deepEqual(parseJson('\uFEFF{"a":1}'), { a: 1 }));

  it('may have numbers that are not finite, which become null', () => {
    assert.deepEqual(parseJson('{"a":NaN,"b":[Infinity, -Infinity],"c":1}'), { a: null, b: [null, null], c: 1 });
    assert.equal(parseJson('NaN'), null);
  });

  it('keeps NaN and Infinity inside strings', () => {
    for (const text of ['NaN', '"NaN', '\\"Infinity\\', 'a\\u0022NaN', '-Infinity"NaN']) {
      assert.deepEqual(parseJson(JSON.stringify({ [text]: text, n: 1 }).replace(':1', ':NaN')), {
        [text]: text,
        n: null,
      });
    }
  });

  it('with any syntax error other than NaN and Infinity is refused', () => {
    for (const text of ['', '{', 'nan', 'NaNNaN', '[NaN', '"NaN', '{"a":+Infinity}', "{'a':1}", '\uFEFF\uFEFF1']) {
      assert.throws(() => parseJson(text), SyntaxError, text);
    }
  });

  it('may be nested 32 levels deep', () => {
    const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.ok(parseJson(nest(32)));
    assert.throws(() => parseJson(nest(33)), /nested deeper than 32/);
    // Brackets in a string do not count.
    assert.deepEqual(parseJson(JSON.stringify('['.repeat(100))), '['.repeat(100));
  });

  it('of 200 KB with a syntax error is refused in less than a second', () => {
    const size = 200_000;
    for (const text of [
      `"${'\\"'.repeat(size / 2)}`,
      'NaN'.repeat(size / 3),
      '['.repeat(size),
      '"a'.repeat(size / 2),
    ]) {
      const startedAt = performance.now();
      assert.throws(() => parseJson(text), SyntaxError);
      assert.ok(performance.now() - startedAt < 1_000);
    }
  });
});

describe('a time', () => {
  /** A time must be between 2020 and one day after NOW_MS (2026-01-20). */
  const ACCEPTED: [text: string, time: string][] = [
    ['2026-01-15T14:30:00Z', '2026-01-15T14:30:00.000Z'],
    ['2026-01-15T14:30:00', '2026-01-15T14:30:00.000Z'],
    ['2026-01-15 14:30:00.123456+00:00', '2026-01-15T14:30:00.123Z'],
    ['2026-01-15T14:30+05:30', '2026-01-15T09:00:00.000Z'],
    ['2026-01-15T14:30:00-0800', '2026-01-15T22:30:00.000Z'],
    ['2026-01-15T14:30:00,5+02', '2026-01-15T12:30:00.500Z'],
    ['2026-01-15', '2026-01-15T00:00:00.000Z'],
    ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000Z'],
    ['2026-01-21T00:00:00Z', '2026-01-21T00:00:00.000Z'],
  ];
  for (const [text, time] of ACCEPTED) it(`${text} is ${time}`, () => assert.equal(parseTime(text, NOW_MS), time));

  const REFUSED: unknown[] = [
    'pending, step 2',
    '2019-12-31T23:59:59Z',
    '2026-01-21T00:00:01Z',
    '2026-02-30T00:00:00Z',
    '2025-13-01',
    '2026-01-15T25:00:00Z',
    '2026-01-15T14:30:00+99:00',
    '1768487400',
    'January 15, 2026',
    '15.01.2026',
    1_768_487_400,
    1_768_487_400_000,
    null,
    {},
  ];
  for (const value of REFUSED) {
    it(`${JSON.stringify(value)} is not accepted`, () => assert.equal(parseTime(value, NOW_MS), undefined));
  }

  it('does not depend on the machine’s time zone', () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'Asia/Kolkata';
      assert.equal(parseTime('2026-01-15T14:30:00', NOW_MS), '2026-01-15T14:30:00.000Z');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});
