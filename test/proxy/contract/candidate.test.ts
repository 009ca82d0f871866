import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { toAtsCandidate } from '../../../proxy/ats/connector.ts';
import { isEmail, normalizeEmail, toCandidateKey } from '../../../proxy/contract/candidate.ts';
import { emailSchema } from '../../../proxy/contract/session.ts';
import { createRecruiterClient, JANE, type RecruiterClient } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { startStack } from '../../support/start-stack.ts';

/** Texts that a recruiter, a file or an ATS may have for jane@example.com. */
const JANE_SPELLINGS = [
  ' Jane@Example.com\n',
  'ja\u200bne@example.com',
  'jane\u00ad@example.com',
  '\u202ajane@example.com\u202c',
  '\u2066jane@example.com\u2069',
  '\ufeffjane@\u2060example.com',
  'mailto:jane@example.com?subject=Hello',
  'MAILTO:jane%40example.com',
  '<jane@example.com>',
  '"Jane Smith" <jane@example.com>;',
  'Jane <mailto:jane@example.com>',
  '"jane@example.com"',
  '“jane@example.com”',
  "'jane@example.com',",
  'jane@example.com.',
];
const REFUSED_EMAILS = [
  '',
  'jane',
  'jane@',
  '@example.com',
  'jane smith@example.com',
  'jane\u0000@example.com',
  'a@example.com, b@example.com',
  '<a@example.com> <b@example.com>',
  'jane@example@com',
  'jane@exämple com',
  `${'x'.repeat(250)}@example.com`,
];

async function findUuid(recruiter: RecruiterClient, candidate_email: string): Promise<string | undefined> {
  return (await recruiter.query({ candidate_email })).body.sessions?.[0]?.session_uuid;
}

describe('an email', () => {
  it('in another spelling is the same candidate in invites, queries, streams, batches, tokens and connectors', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const { session_uuid } = (await recruiter.invite()).body;
    const cursor = (await recruiter.query(JANE)).body.cursor;
    for (const [n, spelling] of JANE_SPELLINGS.entries()) {
      await test.test(JSON.stringify(spelling), async () => {
        assert.equal((await recruiter.invite({ candidate_email: spelling })).body.session_uuid, session_uuid);
        assert.equal(await findUuid(recruiter, spelling), session_uuid);
        const limitedRecruiter = await createRecruiterClient(proxy.url, { candidates: [spelling] });
        assert.equal(await findUuid(limitedRecruiter, JANE.candidate_email), session_uuid);
        const stream = await recruiter.openStream([{ candidate_email: spelling }], cursor);
        await evalon.sendEvent(session_uuid, `session.seen_${n}`);
        await stream.waitForFrame(({ data }) => data.last_event === `session.seen_${n}`);
        stream.close();
        const atsCandidate = toAtsCandidate({ emails: [spelling], name: ' Jane\n Smith ', jobIds: [] });
        assert.equal(toCandidateKey(atsCandidate.email ?? ''), JANE.candidate_email);
        assert.equal(atsCandidate.name, 'Jane Smith');
      });
    }
    const rows = JANE_SPELLINGS.map((candidate_email) => ({ candidate_email, candidate_name: 'Jane' }));
    const batch = await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(rows)));
    assert.deepEqual(
      batch.rows.map(({ status, session_uuid, reason }) => [status, session_uuid ?? reason]),
      [['existing', session_uuid], ...rows.slice(1).map(() => ['failed', 'duplicate'])],
    );
    assert.equal(evalon.requests.length, 1);
  });

  it('that cannot be normalized is refused', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    for (const candidate_email of REFUSED_EMAILS) {
      await test.test(JSON.stringify(candidate_email), async () => {
        const { status, body } = await recruiter.invite({ candidate_email });
        assert.deepEqual([status, body.errors?.[0]?.path], [400, 'candidate_email']);
        assert.equal(toAtsCandidate({ emails: [candidate_email], name: '', jobIds: [] }).email, undefined);
      });
    }
    assert.equal(evalon.requests.length, 0);
  });

  it('with an international domain is stored with the ASCII domain', () => {
    // The third domain has a decomposed ü and an ideographic full stop.
    for (const domain of ['bücher.example', 'BÜCHER.example', 'bu\u0308cher。example', 'xn--bcher-kva.example']) {
      assert.equal(emailSchema.parse(`jane@${domain}`), 'jane@xn--bcher-kva.example');
    }
  });

  it('does not change if it is normalized again', () => {
    const partWithMeaning = fc.constantFrom(
      'a',
      '@',
      'b.example',
      ' ',
      '"',
      "'",
      '<',
      '>',
      'mailto:',
      '?',
      '%40',
      '%22',
      // An invisible character, percent-encoded.
      '%CD%8F',
    );
    const otherCharacter = fc.constantFrom('.', ';', ',', '\u200b', 'ü', '“', '”', '\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(partWithMeaning, otherCharacter), { maxLength: 12 }), (parts) => {
        const email = normalizeEmail(parts.join(''));
        assert.equal(normalizeEmail(email), email);
        if (isEmail(email)) assert.equal(toCandidateKey(toCandidateKey(email)), toCandidateKey(email));
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});

describe('a name and an id', () => {
  it('are stored with collapsed white space and without control or invisible characters', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const { status, body } = await recruiter.invite({
      candidate_name: '\t \u2069\u2067Jane\n      Smith\u0000\u0085\u2028O’Neil ',
      project_id: ' proj_\u200babc123\ufeff',
    });
    assert.deepEqual([status, body.candidate_name, body.project_id], [201, 'Jane Smith O’Neil', JANE.project_id]);
    const [sent] = evalon.requests.map((request) => request.body as typeof JANE);
    assert.equal(sent?.candidate_name, 'Jane Smith O’Neil');
  });

  it('without a visible character are refused', async (test) => {
    const { recruiter } = await startStack(test);
    for (const field of ['candidate_name', 'project_id']) {
      const { status, body } = await recruiter.invite({ [field]: ' \u200b\n\u2060' });
      assert.deepEqual([status, body.errors[0].path], [400, field]);
    }
  });
});
