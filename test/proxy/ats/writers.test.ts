import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createAshbyWriter } from '../../../proxy/ats/ashby-writer.ts';
import { createCustomWriter } from '../../../proxy/ats/custom-writer.ts';
import { CredentialsRejected } from '../../../proxy/ats/errors.ts';
import { createGreenhouseWriter } from '../../../proxy/ats/greenhouse-writer.ts';
import { createAtsFetch } from '../../../proxy/ats/http.ts';
import { createLeverWriter } from '../../../proxy/ats/lever-writer.ts';
import { type AtsWrite, createWriter, type WriteEntry, type Writer } from '../../../proxy/ats/writer.ts';
import type { NoteTarget } from '../../../proxy/config/write-back.ts';
import type { Fault } from '../../../proxy/sandbox/evalon/faults.ts';
import {
  ASHBY_ASSESSMENT_TYPE_ID,
  ASHBY_FIELD_ID,
  ASHBY_PARTNER_ID,
} from '../../../proxy/sandbox/simulated-ats/ashby.ts';
import { ASHBY_IDS } from '../../../proxy/sandbox/simulated-ats/candidates.ts';
import { WORKDAY_NOTES_PATH } from '../../../proxy/sandbox/simulated-ats/workday.ts';
import type { AtsName } from '../../../proxy/sandbox/simulated-ats/written-records.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { APPLICATION_IDS, ATS_NAMES, startSimulatedAtss } from '../../support/ats/simulated.ts';

const NOTE_VISIBILITY = 'private';
/** Positions in the simulated ATSs' list of candidates. */
const ANNA = 0;
const BEN = 1;
/** The writer must not replace the placeholder in the text. */
const NOTE: WriteEntry = { as: 'note', text: 'Invited to “{text}” [evalon abc-1]' };

/** The settings of a note in the simulated Workday. `look` finds the notes that exist. */
function buildNoteSettings(url: string): Pick<NoteTarget, 'look'> & { request: NonNullable<NoteTarget['request']> } {
  const address = `${url}/workday${WORKDAY_NOTES_PATH}`;
  return {
    request: { method: 'POST', url: address, body: { Job_Application: '{application}', Text: '{text}' } },
    look: { url: `${address}?Job_Application={application}`, rows: '/Notes', text: '/Text' },
  };
}

/** Starts the simulated ATSs, and connects a writer to each. */
async function startWriters(test: TestContext) {
  const atss = await startSimulatedAtss(test);
  const { greenhouse, lever, ashby, custom } = atss.connectors;
  const fetchAts = (label: string) => createAtsFetch(label, systemClock);
  const assessmentIds = { partner_id: ASHBY_PARTNER_ID, assessment_type_id: ASHBY_ASSESSMENT_TYPE_ID };
  const writers: Record<AtsName, Writer> = {
    greenhouse: createGreenhouseWriter(greenhouse, NOTE_VISIBILITY, fetchAts('Greenhouse'), systemClock),
    lever: createLeverWriter(lever, fetchAts('Lever')),
    ashby: createAshbyWriter(ashby, assessmentIds, fetchAts('Ashby')),
    workday: createCustomWriter(custom, buildNoteSettings(atss.url), fetchAts('Workday')),
  };
  const write = (ats: AtsName, entry: WriteEntry = NOTE, change: Partial<AtsWrite> = {}, signal?: AbortSignal) =>
    writers[ats].write(
      {
        applicationId: APPLICATION_IDS[ats](ANNA),
        candidateKey: 'anna@example.com',
        sessionId: 'sess_xyz789',
        marker: '[evalon abc-1]',
        mayBeWritten: false,
        entry,
        ...change,
      },
      signal ?? AbortSignal.timeout(5_000),
    );
  const injectFault = (ats: AtsName, kind: 'read' | 'write', fault: Fault) =>
    atss.apis[ats].faults.add({ kind, fault, times: 1 });
  const listRecords = (ats: AtsName, candidate = ANNA) => atss.records.list(ats, candidate);
  return { ...atss, write, injectFault, listRecords };
}

for (const ats of ATS_NAMES) {
  describe(`a note in ${ats}`, () => {
    it('is written once', async (test) => {
      const { write, listRecords } = await startWriters(test);
      assert.deepEqual(await write(ats), { outcome: 'written', copies: 1 });
      assert.deepEqual(await write(ats), { outcome: 'found', copies: 1 });
      const [note, ...others] = listRecords(ats);
      assert.match(note?.value ?? '', /Invited to “\{text\}” \[evalon abc-1\]/);
      assert.deepEqual(others, []);
    });

    it('is found after a lost response', async (test) => {
      const { write, injectFault, listRecords } = await startWriters(test);
      injectFault(ats, 'write', { fault: 'lost-response' });
      assert.deepEqual(await write(ats), {
        outcome: 'retry',
        retryAfterSeconds: 5,
        reason: 'unavailable',
        mayBeWritten: true,
      });
      assert.deepEqual(await write(ats), { outcome: 'found', copies: 1 });
      assert.equal(listRecords(ats).length, 1);
    });

    it('goes to no candidate with another email, even after a merge or a change of email', async (test) => {
      const { write, listRecords, candidates } = await startWriters(test);
      const refused = { outcome: 'failed', problem: 'email_differs' };
      assert.deepEqual(await write(ats, NOTE, { candidateKey: 'ben@example.com' }), refused);
      candidates.change(ANNA, { mergedInto: BEN });
      assert.deepEqual(await write(ats), refused);
      candidates.change(ANNA, { mergedInto: undefined, email: 'anna.ames@example.com' });
      assert.deepEqual(await write(ats), refused);
      assert.deepEqual([...listRecords(ats), ...listRecords(ats, BEN)], []);
    });

    it('goes to a candidate whose email differs only in case', async (test) => {
      const { write, candidates } = await startWriters(test);
      candidates.change(ANNA, { email: 'Anna@Example.com' });
      assert.deepEqual(await write(ats), { outcome: 'written', copies: 1 });
    });

    it('is refused if the application was deleted, the key was revoked or a permission is missing', async (test) => {
      const { write, candidates, apis } = await startWriters(test);
      const { permissions } = apis[ats];
      candidates.change(ANNA, { isDeleted: true });
      assert.deepEqual(await write(ats), { outcome: 'failed', problem: 'application_missing' });
      candidates.change(ANNA, { isDeleted: false });
      // One permission of each ATS, in the order Greenhouse, Lever, Ashby, Workday.
      for (const permission of ['notes:create', 'notes:write', 'candidatesWrite', 'notes'])
        permissions.delete(permission);
      assert.deepEqual(await write(ats), { outcome: 'failed', problem: 'credentials' });
      apis[ats].isKeyValid = false;
      assert.deepEqual(await write(ats), { outcome: 'failed', problem: 'credentials' });
    });

    it('can be retried after an HTML page, a redirect and a rate limit', async (test) => {
      const { write, injectFault } = await startWriters(test);
      injectFault(ats, 'write', { fault: 'html' });
      assert.equal((await write(ats)).outcome, 'retry');
      injectFault(ats, 'write', { fault: 'redirect' });
      assert.equal((await write(ats)).outcome, 'retry');
      injectFault(ats, 'write', { fault: 'refuse', status: 429, retryAfter: '7' });
      assert.deepEqual(await write(ats), {
        outcome: 'retry',
        retryAfterSeconds: 7,
        reason: 'rate_limited',
        mayBeWritten: false,
      });
    });

    it('can be retried if the ATS does not respond before the deadline', async (test) => {
      const { write, injectFault } = await startWriters(test);
      injectFault(ats, 'write', { fault: 'hang' });
      const deadline = AbortSignal.timeout(500);
      assert.deepEqual(await write(ats, NOTE, {}, deadline), {
        outcome: 'retry',
        retryAfterSeconds: 5,
        reason: 'unavailable',
        mayBeWritten: true,
      });
    });
  });
}

describe('a lost attempt', () => {
  const candidateKey = 'anna@example.com';
  const lostWrite = {
    applicationId: '1',
    candidateKey,
    sessionId: '1',
    marker: '[1]',
    mayBeWritten: true,
    entry: NOTE,
  };

  it('is counted even if the ATS finishes it only after the check for copies', async () => {
    let copies = 0;
    const { write } = createWriter({
      ats: 'slow',
      label: 'Slow',
      findDestination: async (applicationId) => ({ applicationId, candidateId: '1', emails: [candidateKey] }),
      countCopies: async () => copies,
      async send() {
        // The ATS finishes the lost attempt together with this attempt.
        copies += 2;
        return true;
      },
    });
    assert.deepEqual(await write(lostWrite, AbortSignal.timeout(5_000)), { outcome: 'written', copies: 2 });
  });

  it('is repeated once, even if the ATS refuses to list its copies afterwards', async () => {
    let sentCount = 0;
    const { write } = createWriter({
      ats: 'strict',
      label: 'Strict',
      findDestination: async (applicationId) => ({ applicationId, candidateId: '1', emails: [candidateKey] }),
      async countCopies() {
        if (sentCount) throw new CredentialsRejected('The key was revoked.');
        return 0;
      },
      async send() {
        sentCount++;
        return true;
      },
    });
    assert.deepEqual(await write(lostWrite, AbortSignal.timeout(5_000)), { outcome: 'written', copies: undefined });
    assert.equal(sentCount, 1);
  });
});

describe('an entry other than a note', () => {
  it('sets a custom field in Greenhouse and Ashby to the last written value', async (test) => {
    const { write, records } = await startWriters(test);
    for (const value of ['71', '82']) {
      await write('greenhouse', { as: 'field', field: 'evalon_score', value });
      await write('ashby', { as: 'field', field: ASHBY_FIELD_ID, value });
    }
    assert.equal(records.getFields('greenhouse', ANNA).get('evalon_score'), '82');
    // The simulated Ashby stores field values as JSON.
    assert.equal(records.getFields('ashby', ANNA).get(ASHBY_FIELD_ID), '"82"');
  });

  it('fails if its custom field does not exist', async (test) => {
    const { write } = await startWriters(test);
    for (const ats of ['greenhouse', 'ashby'] as const) {
      // In Ashby, this id belongs to a candidate, not to a field.
      const field = ASHBY_IDS.candidate(5);
      assert.deepEqual(await write(ats, { as: 'field', field, value: '82' }), {
        outcome: 'failed',
        problem: 'refused',
      });
    }
  });

  it('tags an opportunity in Lever once', async (test) => {
    const { write, listRecords } = await startWriters(test);
    const tag: WriteEntry = { as: 'tag', tag: 'Evalon: completed' };
    assert.equal((await write('lever', tag)).outcome, 'written');
    assert.equal((await write('lever', tag)).outcome, 'found');
    assert.equal(listRecords('lever').length, 1);
  });

  it('adds a completed assessment to a candidate in Ashby, with the same id every time', async (test) => {
    const { write, listRecords } = await startWriters(test);
    const assessment: WriteEntry = {
      as: 'assessment',
      name: 'Marketing',
      score: { overall: 82, overallMax: 100, sections: [{ name: 'Strategy', score: 78 }] },
      completedAtMs: Date.parse('2026-01-15T14:30:00Z'),
    };
    for (let attempt = 0; attempt < 2; attempt++) assert.equal((await write('ashby', assessment)).outcome, 'written');
    const [first, second] = listRecords('ashby').map(({ value }) => JSON.parse(value));
    assert.equal(first.assessmentId, second.assessmentId);
    assert.deepEqual(first.result, { identifier: 'overall', label: 'Overall score', type: 'numeric_score', value: 82 });
    assert.deepEqual(
      first.metadata.map(({ label, value }: { label: string; value: number }) => [label, value]),
      [
        ['Maximum score', 100],
        ['Strategy', 78],
      ],
    );
  });
});
