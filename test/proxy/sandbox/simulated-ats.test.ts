import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import {
  ASHBY_ASSESSMENT_TYPE_ID,
  ASHBY_FIELD_ID,
  ASHBY_KEY,
  ASHBY_PARTNER_ID,
} from '../../../proxy/sandbox/simulated-ats/ashby.ts';
import { ASHBY_IDS, GREENHOUSE_IDS, LEVER_IDS, WORKDAY_IDS } from '../../../proxy/sandbox/simulated-ats/candidates.ts';
import { GREENHOUSE_CLIENT } from '../../../proxy/sandbox/simulated-ats/greenhouse.ts';
import { LEVER_KEY } from '../../../proxy/sandbox/simulated-ats/lever.ts';
import { WORKDAY_NOTES_PATH, WORKDAY_USER } from '../../../proxy/sandbox/simulated-ats/workday.ts';
import { encodeBasicAuth } from '../../support/ats/server.ts';
import { startSimulatedAtss } from '../../support/ats/simulated.ts';

async function call(url: string, { method = 'GET', authorization = '', body }: CallOptions = {}) {
  const response = await fetch(url, {
    method,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

interface CallOptions {
  method?: string;
  authorization?: string;
  body?: unknown;
}

describe('the simulated Greenhouse', () => {
  async function start(test: TestContext) {
    const atss = await startSimulatedAtss(test);
    const fetchToken = () =>
      fetch(`${atss.url}/greenhouse/token`, {
        method: 'POST',
        headers: { authorization: encodeBasicAuth(GREENHOUSE_CLIENT.id, GREENHOUSE_CLIENT.secret) },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
    const { access_token } = await (await fetchToken()).json();
    const send = (path: string, options: CallOptions = {}) =>
      call(`${atss.url}/greenhouse/v3${path}`, { authorization: `Bearer ${access_token}`, ...options });
    return { ...atss, send, fetchToken };
  }
  /** A note about the simulated candidate 0. `GREENHOUSE_IDS` builds the ids. */
  const note = {
    candidate_id: 7_001,
    application_id: 4_001,
    body: 'Invited',
    visibility: 'private',
    note_type: 'NOTE',
  };

  it('keeps notes and lists them', async (test) => {
    const { send } = await start(test);
    assert.equal((await send('/notes', { method: 'POST', body: note })).status, 201);
    const { body } = await send('/notes?candidate_ids=7001');
    assert.deepEqual(
      body.map((entry: { body: string; type: string }) => [entry.body, entry.type]),
      [['Invited', 'NOTE']],
    );
    assert.deepEqual((await send('/notes?candidate_ids=7002')).body, []);
  });

  it('keeps the newest value of a custom field, and refuses a field that does not exist', async (test) => {
    const { send } = await start(test);
    const patch = (name_key: string, value: string) =>
      send('/candidates/7001', { method: 'PATCH', body: { custom_fields: [{ name_key, value }] } });
    await patch('evalon_score', '71');
    assert.equal((await patch('evalon_score', '82')).body.custom_fields.evalon_score.value, '82');
    assert.equal((await patch('unknown', '82')).status, 422);
  });

  it('refuses an application of another candidate', async (test) => {
    const { send } = await start(test);
    const body = { ...note, application_id: 4_002 };
    assert.equal((await send('/notes', { method: 'POST', body })).status, 422);
  });

  it('moves the application of a merged candidate to the other candidate', async (test) => {
    const { send, candidates } = await start(test);
    candidates.change(0, { mergedInto: 1 });
    const { body } = await send(`/applications?ids=${GREENHOUSE_IDS.application(0)}`);
    assert.equal(body[0].candidate_id, 7_002);
    assert.deepEqual((await send('/candidates?ids=7001')).body, []);
  });

  it('refuses a revoked key, a missing scope and too many calls', async (test) => {
    const { send, fetchToken, apis } = await start(test);
    apis.greenhouse.permissions.delete('notes:create');
    assert.equal((await send('/notes', { method: 'POST', body: note })).status, 403);
    apis.greenhouse.isKeyValid = false;
    assert.equal((await fetchToken()).status, 401);
    assert.equal((await send('/notes?candidate_ids=7001')).status, 401);
    apis.greenhouse.isKeyValid = true;
    // Calls until the rate limit refuses one.
    for (let status = 200; status !== 429; ) ({ status } = await send('/candidates?ids=7001'));
    assert.match((await send('/candidates?ids=7001')).headers.get('retry-after') ?? '', /^\d+$/);
  });
});

describe('the simulated Lever', () => {
  const path = `/opportunities/${LEVER_IDS.opportunity(0)}`;

  async function start(test: TestContext) {
    const atss = await startSimulatedAtss(test);
    const send = (path: string, options: CallOptions = {}) =>
      call(`${atss.url}/lever/v1${path}`, { authorization: encodeBasicAuth(LEVER_KEY), ...options });
    return { ...atss, send };
  }

  it('keeps notes, and adds each tag once', async (test) => {
    const { send } = await start(test);
    const created = await send(`${path}/notes`, { method: 'POST', body: { value: 'Invited' } });
    assert.equal(created.status, 201);
    const notes = await send(`${path}/notes`);
    assert.equal(notes.body.data[0].id, created.body.data.noteId);
    assert.equal(notes.body.data[0].fields[0].value, 'Invited');
    for (const tags of [['Evalon: invited'], ['Evalon: invited', 'Evalon: completed']]) {
      assert.equal((await send(`${path}/addTags`, { method: 'POST', body: { tags } })).status, 200);
    }
    assert.deepEqual((await send(path)).body.data.tags, ['Evalon: invited', 'Evalon: completed']);
  });

  it('refuses a deleted opportunity, an empty note and a missing permission', async (test) => {
    const { send, candidates, apis } = await start(test);
    assert.equal((await send(`${path}/notes`, { method: 'POST', body: { value: ' ' } })).status, 400);
    apis.lever.permissions.delete('notes:write');
    assert.equal((await send(`${path}/notes`, { method: 'POST', body: { value: 'Invited' } })).status, 403);
    candidates.change(0, { isDeleted: true });
    assert.equal((await send(path)).body.code, 'ResourceNotFound');
  });

  it('can store a note and lose the response', async (test) => {
    const { send, apis } = await start(test);
    apis.lever.faults.add({ kind: 'write', fault: { fault: 'lost-response' }, times: 1 });
    await assert.rejects(send(`${path}/notes`, { method: 'POST', body: { value: 'Invited' } }));
    assert.equal((await send(`${path}/notes`)).body.data.length, 1);
  });
});

describe('the simulated Ashby', () => {
  const candidateId = ASHBY_IDS.candidate(0);

  async function start(test: TestContext) {
    const atss = await startSimulatedAtss(test);
    const send = (name: string, body: object) =>
      call(`${atss.url}/ashby/${name}`, { method: 'POST', authorization: encodeBasicAuth(ASHBY_KEY), body });
    return { ...atss, send };
  }

  it('keeps notes and values of custom fields', async (test) => {
    const { send } = await start(test);
    await send('candidate.createNote', { candidateId, note: { type: 'text/plain', value: 'Invited' } });
    const { body } = await send('candidate.listNotes', { candidateId });
    assert.deepEqual(
      body.results.map(({ content }: { content: string }) => content),
      ['Invited'],
    );
    const field = { objectType: 'Candidate', objectId: candidateId, fieldId: ASHBY_FIELD_ID, fieldValue: 82 };
    await send('customField.setValue', field);
    assert.equal((await send('candidate.info', { id: candidateId })).body.results.customFields[0].value, 82);
  });

  it('keeps a completed assessment, and reports an invalid one with status 200', async (test) => {
    const { send, records } = await start(test);
    const assessment = {
      assessmentTypeId: ASHBY_ASSESSMENT_TYPE_ID,
      assessmentId: '00000000-0000-4000-8000-000000000001',
      assessmentName: 'Marketing',
      result: { identifier: 'overall', label: 'Overall', type: 'numeric_score', value: 82 },
      metadata: [],
    };
    const body = { candidateId, partnerId: ASHBY_PARTNER_ID, assessment, timestamp: 1_665_680_638_489 };
    assert.equal((await send('assessment.addCompletedToCandidate', body)).body.success, true);
    assert.equal(records.list('ashby', 0)[0]?.kind, 'assessment');
    const invalid = await send('assessment.addCompletedToCandidate', { ...body, assessment: {} });
    assert.equal(invalid.status, 200);
    assert.equal(invalid.body.errorInfo.code, 'invalid_input');
  });

  it('refuses a wrong key and a missing permission with 403', async (test) => {
    const { send, apis } = await start(test);
    apis.ashby.permissions.delete('candidatesWrite');
    assert.equal((await send('candidate.createNote', { candidateId, note: 'Invited' })).status, 403);
    apis.ashby.isKeyValid = false;
    assert.equal((await send('candidate.info', { id: candidateId })).status, 403);
  });
});

describe('the simulated Workday', () => {
  it('has an integration that takes and lists notes', async (test) => {
    const { url } = await startSimulatedAtss(test);
    const authorization = encodeBasicAuth(WORKDAY_USER.name, WORKDAY_USER.password);
    const address = `${url}/workday${WORKDAY_NOTES_PATH}`;
    const body = { Job_Application: WORKDAY_IDS.application(0), Text: 'Invited' };
    assert.equal((await call(address, { method: 'POST', authorization, body })).status, 201);
    const listed = await call(`${address}?Job_Application=${WORKDAY_IDS.application(0)}`, { authorization });
    assert.deepEqual(listed.body, { Notes: [{ Text: 'Invited' }] });
    assert.equal((await call(address, { method: 'POST', body })).status, 401);
  });
});
