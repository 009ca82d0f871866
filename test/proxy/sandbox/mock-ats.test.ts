import assert from 'node:assert/strict';
import { it } from 'node:test';
import { buildCandidatePath, MOCK_ATS_LIST } from '../../../proxy/sandbox/mock-ats/mock-ats-list.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startSandbox } from '../../support/proxy.ts';

it('the proxy finds the candidate of every mock ATS page, and the page shows a tag from the simulated ATS', async (test) => {
  const sandbox = await startSandbox();
  test.after(() => sandbox.close());
  const { atss } = sandbox.context.sandbox ?? assert.fail('no sandbox');
  const recruiter = await createRecruiterClient(sandbox.url);
  /** The candidate's position in each mock ATS. */
  const index = 1;
  for (const mockAts of MOCK_ATS_LIST) {
    const url = `${sandbox.url}${buildCandidatePath(mockAts, index)}`;
    const { status, body } = await recruiter.post('/v1/candidates/resolve', { url });
    assert.equal(status, 200, mockAts.name);
    assert.equal(body.ats, mockAts.name);
    atss.records.add({ ats: mockAts.name, candidate: index, kind: 'tag', name: '', value: 'A <tag>' });
    const page = await (await fetch(url)).text();
    assert.ok(page.includes(`<h2>${body.candidate_name}</h2>`), mockAts.name);
    assert.ok(page.includes('A &lt;tag&gt;'), mockAts.name);
  }
});
