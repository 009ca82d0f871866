import { describe, it } from 'node:test';
import { assertResultsReadInTime } from '../../support/completion-burst.ts';

describe('200 completions in a minute, read from an Evalon that takes 200 ms', () => {
  it('are all read at 80 a minute, and those on a recruiter’s screen within 5 s', (test) =>
    assertResultsReadInTime(test, { count: 200, callMs: 200 }));
});
