import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFieldMap } from '../../../proxy/evalon/field-map.ts';
import { readBatch, readScorecard, readSession, readWebhook } from '../../support/evalon-messages.ts';

const SPANISH_SCORECARD = { resultado: { nota: { valor: 82, max: 100 } } };

describe('EVALON_FIELD_MAP', () => {
  it('reads a response with other field names', () => {
    const custom = { overall: ['/resultado/nota/valor'], overall_max: ['/resultado/nota/max'] };
    const { value, report } = readScorecard(SPANISH_SCORECARD, custom);
    assert.equal(value?.isComplete, true);
    assert.deepEqual([value.scorecard.overall, value.scorecard.overall_max], [82, 100]);
    assert.deepEqual(report.matches, [
      { field: 'overall', pointer: '/resultado/nota/valor' },
      { field: 'overall_max', pointer: '/resultado/nota/max' },
    ]);
    assert.deepEqual(readScorecard(SPANISH_SCORECARD).report.leftover, [
      '/resultado/nota/valor',
      '/resultado/nota/max',
    ]);
  });

  it('has priority over the built-in pointers, and its first pointer to a valid value counts', () => {
    const custom = { overall: ['/missing', '/second', '/third'] };
    assert.equal(readScorecard({ overall: 1, second: 2, third: 3 }, custom).value?.scorecard.overall, 2);
    assert.equal(readScorecard({ overall: 1, second: 'soon', third: 3 }, custom).value?.scorecard.overall, 3);
    assert.equal(readScorecard({ overall: 1, second: null }, custom).value?.scorecard.overall, 1);
  });

  it('may limit a field to one kind of message with a prefix such as webhook:', () => {
    const custom = { 'webhook:session_uuid': ['/about'], 'batch:candidate_email': ['/who'] };
    assert.equal(readWebhook({ about: 'a', event: 'session.opened' }, custom)[0]?.value?.session_uuid, 'a');
    assert.equal(readSession({ about: 'a' }, custom).value, undefined);
    const { value } = readBatch({ results: [{ who: 'a@x.y', session_uuid: 's' }] }, custom);
    assert.equal(value?.[0]?.candidate_email, 'a@x.y');
  });

  it('reads sections and questions relative to their item', () => {
    const custom = {
      sections: ['/partes'],
      'section.name': ['/titulo'],
      'section.score': ['/nota/valor'],
      'section.questions': ['/preguntas'],
      'question.title': ['/texto'],
    };
    const { value } = readScorecard(
      { partes: [{ titulo: 'Estrategia', nota: { valor: 8 }, preguntas: [{ texto: '¿Por qué?', score: 3 }] }] },
      custom,
    );
    assert.deepEqual(value?.scorecard.sections, [
      {
        name: 'Estrategia',
        score: 8,
        max_score: null,
        questions: [{ title: '¿Por qué?', score: 3, max_score: null }],
      },
    ]);
  });

  it('may name an item of an array, and keys with a slash or a tilde', () => {
    assert.equal(readScorecard({ list: [1, 82] }, { overall: ['/list/1'] }).value?.scorecard.overall, 82);
    assert.equal(readScorecard({ 'a/b': { 'c~d': 82 } }, { overall: ['/a~1b/c~0d'] }).value?.scorecard.overall, 82);
    assert.equal(readScorecard({ list: [1] }, { overall: ['/list/length'] }).value?.scorecard.overall, null);
  });

  it('selects one of two spellings of a key, which otherwise conflict', () => {
    const body = { Score: 12, score: 82 };
    assert.equal(readScorecard(body).value?.scorecard.overall, null);
    assert.equal(readScorecard(body, { overall: ['/score'] }).value?.scorecard.overall, 82);
  });

  it('refuses a message if its pointers find different session ids', () => {
    const custom = { session_uuid: ['/ref', '/key'] };
    assert.equal(readSession({ ref: 'a', key: 'a' }, custom).value?.session_uuid, 'a');
    assert.equal(readSession({ ref: 'a', key: 'b' }, custom).value, undefined);
    assert.equal(readSession({ ref: 'a', session_uuid: 'b' }, custom).value, undefined);
    // A plain `id` may be the id of the message, so it does not conflict.
    assert.equal(readSession({ ref: 'a', id: 'b' }, custom).value?.session_uuid, 'a');
  });

  it('reads own properties only', () => {
    for (const pointer of ['/constructor/name', '/toString', '/__proto__/x']) {
      assert.equal(readSession({}, { session_uuid: [pointer] }).value, undefined);
    }
  });

  it('changes the version of the field map', () => {
    const { version } = createFieldMap();
    assert.match(version, /^[0-9a-f]{12}$/);
    assert.equal(createFieldMap({}).version, version);
    assert.notEqual(createFieldMap({ overall: ['/a'] }).version, version);
    assert.notEqual(createFieldMap({ overall: ['/a'] }).version, createFieldMap({ overall: ['/b'] }).version);
  });
});
