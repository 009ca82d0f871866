import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scorecard } from '../../../proxy/contract/scorecard.ts';
import { readScorecard, SESSION_UUID } from '../../support/evalon-messages.ts';

const SECTION = { name: 'Strategy', score: 80, max_score: 100 };

interface Case {
  what: string;
  body: unknown;
  /** Expected parts of the scorecard. */
  expected: Partial<Scorecard>;
}

const COMPLETE: Case[] = [
  {
    what: 'an overall score with another name',
    body: { overall_score: 82, completed_at: '2026-01-15T14:30:00Z' },
    expected: { overall: 82, completed_at: '2026-01-15T14:30:00.000Z', incomplete: ['sections', 'narrative'] },
  },
  {
    what: 'the published score_summary',
    body: { score_summary: { overall: 82, sections: [SECTION] }, narrative_summary: 'Plans well.' },
    expected: { overall: 82, overall_max: null, sections: [{ ...SECTION, questions: [] }], narrative: 'Plans well.' },
  },
  {
    what: 'a result without narrative and sections',
    body: { overall: 82, sections: [] },
    expected: { overall: 82, sections: [], incomplete: ['sections', 'narrative'] },
  },
  {
    what: 'scores of sections only',
    body: { sections: [SECTION], narrative: 'Plans well.' },
    expected: { overall: null, incomplete: ['overall'] },
  },
  { what: 'a wrapper', body: { data: { overall: 82 } }, expected: { overall: 82 } },
  {
    what: 'two wrappers',
    body: { status: 'success', data: { scorecard: { overall: 82 } } },
    expected: { overall: 82 },
  },
  { what: 'camel case', body: { scoreSummary: { overallScore: 82 } }, expected: { overall: 82 } },
  { what: 'a finished status', body: { status: 'Graded', overall: 82 }, expected: { overall: 82 } },
  {
    what: 'a finished status with a prefix',
    body: { status: 'session.completed', overall: 0 },
    expected: { overall: 0 },
  },
  { what: 'a score of zero', body: { overall: 0, narrative: 'Left early.' }, expected: { overall: 0 } },
  {
    what: 'a time without a zone, which is UTC',
    body: { overall: 82, completed_at: '2026-01-15T14:30:00' },
    expected: { completed_at: '2026-01-15T14:30:00.000Z' },
  },
  {
    what: 'a completion time in seconds since 1970, which is ignored',
    body: { overall: 82, completed_at: 1_768_487_400 },
    expected: {},
  },
  {
    what: 'one score that is NaN among valid scores, and a byte order mark',
    body: '\uFEFF{"overall": 82, "sections": [{"name": "Strategy", "score": 80, "questions": [{"title": "Why?", "score": NaN}]}]}',
    expected: {
      overall: 82,
      sections: [
        { name: 'Strategy', score: 80, max_score: null, questions: [{ title: 'Why?', score: null, max_score: null }] },
      ],
    },
  },
  {
    what: 'every detail of a question',
    body: {
      sections: [
        {
          title: 'Strategy',
          score: '8/10',
          questions: [{ prompt: 'Why?', score: '80%', feedback: 'Good.', time_seconds: '94' }],
        },
      ],
    },
    expected: {
      sections: [
        {
          name: 'Strategy',
          score: 8,
          max_score: 10,
          questions: [{ title: 'Why?', score: 80, max_score: 100, feedback: 'Good.', time_seconds: 94 }],
        },
      ],
    },
  },
];

const NOT_READY: [string, unknown][] = [
  ['a session that is not started', { status: 'not_started', overall: 0, sections: [], completed_at: null }],
  ['zeros with an empty completion time', { overall: 0, sections: [], completed_at: null }],
  ['a status that is not final', { status: 'scoring', overall: 12 }],
  ['an unknown status', { status: 'paused', overall: 12 }],
  ['a wrapped status that is not final', { status: 'ok', data: { status: 'scoring', overall: 12 } }],
  ['two statuses of which one is not final', { status: 'completed', session: { status: 'scoring' }, overall: 12 }],
  ['a key `completed` that is false', { completed: false, overall: 12 }],
  ['a completion time alone', { completed_at: '2026-01-15T14:30:00Z' }],
  ['a text in place of the completion time', { overall: null, sections: [], completed_at: 'pending, step 2' }],
  ['a finished status alone', { status: 'completed' }],
  ['a narrative alone', { narrative_summary: 'Plans well.' }],
  ['sections without scores', { sections: [{ name: 'Strategy', score: null }] }],
  ['two spellings of a key with different scores', { overall: 82, Overall: 12 }],
  ['an empty object', {}],
  ['an array', []],
];

describe('a scorecard is final and understood if it has', () => {
  for (const { what, body, expected } of COMPLETE) {
    it(what, () => {
      const { value } = readScorecard(body);
      assert.equal(value?.isComplete, true);
      const { scorecard } = value;
      for (const [name, expectedValue] of Object.entries(expected)) {
        assert.deepEqual(scorecard[name as keyof Scorecard], expectedValue, name);
      }
      if (!('completed_at' in expected)) assert.equal(scorecard.completed_at, undefined);
      assert.equal(scorecard.session_uuid, SESSION_UUID);
    });
  }
});

describe('a scorecard is not ready if it has', () => {
  for (const [what, body] of NOT_READY) it(what, () => assert.equal(readScorecard(body).value?.isComplete, false));
});

describe('the scale of a score', () => {
  const CASES: [body: object, overall: number, max: number | null, isOutOfRange?: true][] = [
    [{ overall: 82 }, 82, null],
    [{ overall: '82' }, 82, null],
    [{ overall: '82%' }, 82, 100],
    [{ overall: '82/100' }, 82, 100],
    [{ overall: '8.2 out of 10' }, 8.2, 10],
    [{ overall: { value: 82, max: 100 } }, 82, 100],
    [{ overall: { score: '8.2', out_of: '10' } }, 8.2, 10],
    [{ overall: { percentage: 82 } }, 82, 100],
    [{ overall: 8.2, max_score: 10 }, 8.2, 10],
    [{ score_summary: { overall: 8.2, max: 10 } }, 8.2, 10],
    [{ score_summary: { overall: 8.2 }, max_score: 10 }, 8.2, 10],
    [{ overall: 8.2, result: { score: 4, max_score: 10 } }, 8.2, null],
    [{ overall: 150 }, 150, null, true],
    [{ overall: 12, max_score: 10 }, 12, null, true],
    [{ overall: -1, max_score: 10 }, -1, null, true],
    [{ overall: 82, max_score: 0 }, 82, null],
  ];
  for (const [body, overall, max, isOutOfRange] of CASES) {
    it(`${JSON.stringify(body)} is ${overall}${max === null ? '' : ` / ${max}`}`, () => {
      const { value, report } = readScorecard(body);
      assert.deepEqual([value?.scorecard.overall, value?.scorecard.overall_max], [overall, max]);
      assert.equal(
        report.problems.some(({ problem }) => problem === 'out_of_range'),
        isOutOfRange ?? false,
      );
    });
  }

  it('is also read for a section', () => {
    const { value } = readScorecard({ sections: [{ name: 'Strategy', score: 8, max: 10 }] });
    assert.deepEqual(value?.scorecard.sections, [{ name: 'Strategy', score: 8, max_score: 10, questions: [] }]);
  });
});

describe('the texts of a scorecard', () => {
  /** Returns the narrative, the feedback, the section's name and the question's title, each read from `text`. */
  const readTexts = (text: string) => {
    const questions = [{ title: text, score: 1, feedback: text }];
    const { value } = readScorecard({ overall: 82, narrative: text, sections: [{ name: text, score: 1, questions }] });
    const section = value?.scorecard.sections[0];
    const question = section?.questions[0];
    return [value?.scorecard.narrative, question?.feedback, section?.name, question?.title];
  };

  it('are kept up to 20,000 characters, and names and titles up to 500', () => {
    const longText = 'x'.repeat(20_000);
    const [narrative, feedback] = readTexts(longText);
    assert.deepEqual([narrative, feedback], [longText, longText]);
    const longTitle = 'x'.repeat(500);
    assert.deepEqual(readTexts(longTitle), [longTitle, longTitle, longTitle, longTitle]);
  });

  it('are cut if they are longer', () => {
    const [narrative, feedback, name, title] = readTexts('x'.repeat(1_000_000)).map((text) => text?.length);
    assert.deepEqual([narrative, feedback, name, title], [20_000, 20_000, 500, 500]);
  });

  it('are not cut in the middle of a character', () => {
    for (const text of readTexts('😀'.repeat(20_000))) assert.match(`${text}`, /^(😀)+…$/);
  });
});

describe("another session's scorecard is refused", () => {
  const REFUSED: [string, object][] = [
    ['if it names another session', { session_uuid: 'sess_other', overall: 82 }],
    ['if a session object names another session', { session: { id: 'sess_other' }, overall: 82 }],
    ['if it names two sessions', { session_uuid: SESSION_UUID, data: { session_uuid: 'sess_other' }, overall: 82 }],
  ];
  for (const [what, body] of REFUSED) {
    it(what, () => {
      const { value, report } = readScorecard(body);
      assert.equal(value, undefined);
      assert.ok(report.problems.some(({ field, problem }) => field === 'session_uuid' && problem === 'conflict'));
    });
  }

  it('unless the different id is the scorecard’s own id', () => {
    assert.equal(readScorecard({ id: 991, session_uuid: SESSION_UUID, overall: 82 }).value?.isComplete, true);
    assert.equal(readScorecard({ scorecard: { id: 991, overall: 82 } }).value?.isComplete, true);
  });
});
