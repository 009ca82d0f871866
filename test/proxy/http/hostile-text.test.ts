import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_NAME_CHARS } from '../../../proxy/contract/candidate.ts';
import { describeHostileText } from '../../support/hostile-text.ts';
import { FEW_NAUGHTY_STRINGS } from '../../support/naughty-strings.ts';
import { startStack } from '../../support/start-stack.ts';

describeHostileText(FEW_NAUGHTY_STRINGS);

describe('hostile text', () => {
  it(`of ${MAX_NAME_CHARS} characters is accepted as a name, and longer text is not`, async (test) => {
    const { recruiter } = await startStack(test, { settings: { ASSESSMENTS: undefined } });
    const name = 'é'.repeat(MAX_NAME_CHARS);
    assert.equal((await recruiter.invite({ candidate_name: name })).body.candidate_name, name);
    const { status, body } = await recruiter.invite({
      candidate_name: `${name}é`,
      candidate_email: 'long@example.com',
    });
    assert.deepEqual([status, body.errors[0].path], [400, 'candidate_name']);
  });
});
