import { assert } from 'chai';
import { parseClientConfig, parseQueryResponse, parseScorecard, parseSession } from '../../../widget/api/parse.ts';
import { buildSession } from '../scripted-proxy.ts';

const NONSENSE = [undefined, null, 7, 'text', [], {}, { session_uuid: 1 }, { sessions: 'x', sections: [null, 7] }];

describe('a response from the proxy', () => {
  it('never causes an exception, even if its data is nonsense', () => {
    for (const value of NONSENSE) {
      for (const parse of [parseSession, parseScorecard, parseClientConfig, parseQueryResponse]) parse(value);
      assert.isUndefined(parseSession(value));
      assert.isUndefined(parseQueryResponse(value));
    }
  });

  it('keeps a session with an unknown status and unknown fields', () => {
    const session = parseSession(buildSession('jane@example.com', { status: 'levitating', invented: true }));
    assert.equal(session?.status, 'levitating');
  });

  it('may omit all fields of a session except its id, email and status', () => {
    const session = parseSession({ session_uuid: 's', candidate_email: 'jane@example.com', status: 'invited' });
    assert.include(session, { candidate_name: 'jane@example.com', assessment_type: null, project_id: '' });
  });

  it('keeps its candidate link only if the link is https or local', () => {
    const parseLink = (candidate_url: unknown) =>
      parseSession(buildSession('j@example.com', { candidate_url }))?.candidate_url;
    for (const safe of [
      'https://evalon.example/x',
      'http://127.0.0.1:8787/x',
      'http://localhost/x',
      'http://[::1]:1/x',
    ]) {
      assert.equal(parseLink(safe), safe);
    }
    for (const unsafe of [
      'javascript:alert(1)',
      'http://evalon.example/x',
      'http://127.0.0.1.evil.example/',
      'data:,x',
      5,
    ]) {
      assert.isUndefined(parseLink(unsafe));
    }
  });

  it('keeps the channel of a handover, and replaces an unknown one with “link”', () => {
    const parseChannel = (channel: unknown) =>
      parseSession(buildSession('j@example.com', { handed_over: { at: '2026-11-28T10:00:00Z', channel } }))?.handed_over
        ?.channel;
    for (const channel of ['message', 'link', 'mail']) assert.equal(parseChannel(channel), channel);
    assert.equal(parseChannel('pigeon'), 'link');
  });

  it('may omit parts of a result, and a score must be a number', () => {
    const result = parseScorecard({
      overall: '82',
      sections: [{ name: 'Plan', score: 7, max_score: 10, questions: [{ score: Number.NaN }] }, { max_score: 0 }],
    });
    assert.isUndefined(result?.overall);
    assert.deepInclude(result?.sections[0], { name: 'Plan', score: 7, max_score: 10 });
    assert.deepInclude(result?.sections[0]?.questions[0], { title: '', score: null, max_score: null });
    assert.deepEqual(result?.sections[1], { name: '', score: null, max_score: null, questions: [] });
  });

  it('has the delivery “copy” if the proxy sends an unknown one', () => {
    assert.equal(parseClientConfig({ delivery: 'pigeon' })?.delivery, 'copy');
    assert.equal(parseClientConfig({ delivery: 'evalon' })?.delivery, 'evalon');
  });

  it('does not permit invites if its scope is not a list', () => {
    assert.isFalse(parseClientConfig({ scope: 'invite' })?.canInvite);
  });
});
