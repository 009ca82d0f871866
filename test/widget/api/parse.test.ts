import { assert } from 'chai';
import { parseClientConfig, parseQueryResponse, parseScorecard, parseSession } from '../../../widget/api/parse.ts';
import { buildSession } from '../scripted-proxy.ts';

const NONSENSE = [undefined, null, 7, 'text', [], {}, { session_uuid: 1 }, { sessions: 'x', sections: [null, 7] }];

describe('what the proxy answers', () => {
  it('never breaks the page, whatever it is', () => {
    for (const value of NONSENSE) {
      for (const parse of [parseSession, parseScorecard, parseClientConfig, parseQueryResponse]) parse(value);
      assert.isUndefined(parseSession(value));
      assert.isUndefined(parseQueryResponse(value));
    }
  });

  it('keeps a session whose status and fields are newer than this page', () => {
    const session = parseSession(buildSession('jane@example.com', { status: 'levitating', invented: true }));
    assert.equal(session?.status, 'levitating');
  });

  it('is content with what says whose session it is', () => {
    const session = parseSession({ session_uuid: 's', candidate_email: 'jane@example.com', status: 'invited' });
    assert.include(session, { candidate_name: 'jane@example.com', assessment_type: null, project_id: '' });
  });

  it('passes on no link that is not safe to pass on', () => {
    const link = (candidate_url: unknown) =>
      parseSession(buildSession('j@example.com', { candidate_url }))?.candidate_url;
    for (const safe of [
      'https://evalon.example/x',
      'http://127.0.0.1:8787/x',
      'http://localhost/x',
      'http://[::1]:1/x',
    ]) {
      assert.equal(link(safe), safe);
    }
    for (const unsafe of [
      'javascript:alert(1)',
      'http://evalon.example/x',
      'http://127.0.0.1.evil.example/',
      'data:,x',
      5,
    ]) {
      assert.isUndefined(link(unsafe));
    }
  });

  it('reads a result with parts missing, and takes no text for a number', () => {
    const result = parseScorecard({
      overall: '82',
      sections: [{ name: 'Plan', score: 7, max_score: 10, questions: [{ score: Number.NaN }] }, { max_score: 0 }],
    });
    assert.isUndefined(result?.overall);
    assert.deepInclude(result?.sections[0], { name: 'Plan', score: 7, max_score: 10 });
    assert.deepInclude(result?.sections[0]?.questions[0], { title: '', score: null, max_score: null });
    assert.deepEqual(result?.sections[1], { name: '', score: null, max_score: null, questions: [] });
  });

  it('takes an unknown way of delivery for the one that promises least', () => {
    assert.equal(parseClientConfig({ delivery: 'pigeon' })?.delivery, 'copy');
    assert.equal(parseClientConfig({ delivery: 'evalon' })?.delivery, 'evalon');
    assert.isFalse(parseClientConfig({ scope: 'invite' })?.canInvite);
  });
});
