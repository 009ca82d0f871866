import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../../proxy/config/config.ts';
import {
  createAtsConnectors,
  createLinkDelivery,
  createWriteBack,
} from '../../../proxy/sandbox/simulated-ats/simulated-atss.ts';
import { buildAtsSettings } from '../../support/ats/simulated.ts';
import { PRODUCTION, readErrors } from '../../support/settings.ts';

const ATS_API_URL = 'http://127.0.0.1:8787/ats-api';
const SETTINGS = { ...PRODUCTION, ...buildAtsSettings(createAtsConnectors(ATS_API_URL)) };
const LINK = { ats: 'lever', as: 'link' };
const NOTE = { ats: 'lever', as: 'note', on: ['invited'] };

const listErrors = (targets: unknown, delivery?: string) =>
  readErrors({ ...SETTINGS, ...(delivery && { INVITE_DELIVERY: delivery }), ATS_WRITE_BACK: JSON.stringify(targets) });

describe('ATS_WRITE_BACK', () => {
  it('may be off or absent, and then nothing is written', () => {
    assert.deepEqual(readConfig(PRODUCTION).writeBack, []);
    assert.deepEqual(readConfig({ ...PRODUCTION, ATS_WRITE_BACK: 'off' }).writeBack, []);
  });

  it('accepts entries for all connected ATSs', () => {
    assert.deepEqual(listErrors(createWriteBack(ATS_API_URL)), []);
  });

  it('accepts a link entry for every connected ATS if INVITE_DELIVERY is ats', () => {
    assert.deepEqual(listErrors([...createWriteBack(ATS_API_URL), ...createLinkDelivery(ATS_API_URL)], 'ats'), []);
  });

  it('must have an active link entry if INVITE_DELIVERY is ats, and no link entry otherwise', () => {
    assert.match(listErrors([NOTE], 'ats').join('\n'), /INVITE_DELIVERY is ats, but no entry of ATS_WRITE_BACK/);
    const dryRun = { ...LINK, dry_run: true };
    assert.match(listErrors([dryRun], 'ats').join('\n'), /INVITE_DELIVERY is ats, but no entry of ATS_WRITE_BACK/);
    assert.match(readErrors({ ...SETTINGS, INVITE_DELIVERY: 'ats' }).join('\n'), /"as":"link","field":"evalon_link"/);
    assert.match(listErrors([LINK]).join('\n'), /INVITE_DELIVERY is not ats/);
  });

  for (const [problem, changes, error] of [
    ['no field for Greenhouse', { ats: 'greenhouse' }, /needs a field: the custom field of greenhouse/],
    ['a field for Lever', { ats: 'lever', field: 'x' }, /lever has a list of links/],
    ['an occasion other than invited', { ats: 'lever', on: ['completed'] }, /must be invited/],
    ['no request for the ATS of ATS_HTTP', { ats: 'workday' }, /needs a request/],
    [
      'a request without the link',
      { ats: 'workday', request: { url: `${ATS_API_URL}/workday/{application}`, body: { a: '{text}' } } },
      /needs \{link\} in the body/,
    ],
  ] as const) {
    it(`refuses a link with ${problem}`, () => {
      assert.match(listErrors([{ ...LINK, ...changes }], 'ats').join('\n'), error);
    });
  }

  for (const [problem, targets, error] of [
    ['an ATS that is not connected', [{ ...NOTE, ats: 'other' }], /entry 1 names other, which is not connected/],
    ['an assessment for Lever', [{ ...NOTE, as: 'assessment' }], /ATS_WRITE_BACK/],
    ['a tag for Greenhouse', [{ ...NOTE, ats: 'greenhouse', as: 'tag' }], /entry 1 writes a tag/],
    [
      '{result_url} without single sign-on',
      [{ ...NOTE, text: { invited: '{result_url}' } }],
      /names \{result_url\}, a page that needs single sign-on/,
    ],
    ['an unknown occasion', [{ ...NOTE, on: ['opened'] }], /must be one of invited, completed, ended/],
    [
      'the same entry twice',
      [NOTE, { ...NOTE, on: ['invited', 'ended'] }],
      /entry 2 repeats an earlier entry for invited/,
    ],
    ['a request for a built-in ATS', [{ ...NOTE, request: { url: ATS_API_URL, body: {} } }], /entry 1 has a request/],
    ['no request for the ATS of ATS_HTTP', [{ ...NOTE, ats: 'workday' }], /entry 1 needs a request/],
    [
      'a request to another host, which would get the secret',
      [{ ...NOTE, ats: 'workday', request: { url: 'https://other.example/{application}', body: {} } }],
      /entry 1 needs URLs on http:\/\/127\.0\.0\.1:8787/,
    ],
    [
      'a placeholder other than {application} in a URL',
      [{ ...NOTE, ats: 'workday', request: { url: `${ATS_API_URL}/{text}`, body: {} } }],
      /no other placeholder than \{application\}/,
    ],
  ] as const) {
    it(`refuses ${problem}`, () => {
      assert.match(listErrors(targets).join('\n'), error);
    });
  }
});
