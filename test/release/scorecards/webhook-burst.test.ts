import { describe, it } from 'node:test';
import { assertResultsReadInTime } from '../../support/completion-burst.ts';

for (const callMs of [200, 9_000]) {
  describe(`500 completions in a minute, read from an Evalon that takes ${callMs} ms`, () => {
    it('are all read at 80 a minute, and those on a recruiter’s screen within 5 s', (test) =>
      assertResultsReadInTime(test, { count: 500, callMs }));
  });
}
