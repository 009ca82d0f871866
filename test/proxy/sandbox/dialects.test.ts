/** The dialects of the simulated Evalon (field names and notations in its messages), and how the proxy reads them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JANE } from '../../support/api-client.ts';
import type { Dialect } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { startStack } from '../../support/start-stack.ts';

const UNDERSTOOD: Dialect[] = ['published', 'camel-wrapped', 'percent-strings', 'placeholder', 'reordered'];

describe('the dialect', () => {
  for (const dialect of UNDERSTOOD) {
    it(`${dialect} is understood from the invite to the result`, async (test) => {
      const { evalon, recruiter } = await startStack(test, { evalon: { dialect } });
      const { status, body } = await recruiter.invite();
      assert.equal(status, 201);
      const simulated = evalon.findSession(JANE.candidate_email, JANE.project_id);
      assert.equal(body.session_uuid, simulated?.session_uuid);
      assert.ok(body.candidate_url.endsWith(simulated?.link_token));
      // Only `camel-wrapped` has numbers as ids.
      assert.equal(/^\d+$/.test(body.session_uuid), dialect === 'camel-wrapped');
      assert.equal((await recruiter.get(`/v1/sessions/${body.session_uuid}/scorecard`)).status, 409);
      await evalon.completeSession(body.session_uuid);
      const shown = await waitFor(async () => {
        const { body: session } = await recruiter.get(`/v1/sessions/${body.session_uuid}`);
        return session.status === 'completed' && session;
      });
      assert.deepEqual([shown.score_summary.overall, shown.score_summary.overall_max], [82, 100]);
      assert.equal(shown.score_summary.sections.length, 2);
    });
  }

  it('partial-first returns the complete scorecard from the second read on', async (test) => {
    const { evalon } = await startStack(test, { evalon: { dialect: 'partial-first' } });
    const { session_uuid } = evalon.addSession(JANE);
    await evalon.completeSession(session_uuid, { notify: false });
    const read = async () => {
      const response = await fetch(`${evalon.url}/api/v1/sessions/${session_uuid}/scorecard/`, {
        headers: { authorization: `Bearer ${evalon.apiKey}` },
      });
      const { overall, sections, narrative_summary } = await response.json();
      return [overall, sections.length, typeof narrative_summary];
    };
    assert.deepEqual(
      [await read(), await read()],
      [
        [82, 0, 'undefined'],
        [82, 2, 'string'],
      ],
    );
  });

  it('spanish is not understood without EVALON_FIELD_MAP', async (test) => {
    const { evalon, recruiter } = await startStack(test, { evalon: { dialect: 'spanish' } });
    assert.equal((await recruiter.invite()).status, 502);
    evalon.setDialect('published');
    assert.equal((await recruiter.invite()).status, 201);
  });
});
