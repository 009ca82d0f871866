import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../../proxy/config/config.ts';
import { isCallbackAllowed } from '../../../proxy/config/partners.ts';
import { PRODUCTION, readErrors } from '../../support/settings.ts';

const OFFER = { project_id: 'proj_abc123', assessment_type: 'marketing' };
const ASSESSMENTS = JSON.stringify([{ ...OFFER, label: 'Marketing' }]);
const KEY = 'a-partner-key-of-enough-length';
const TRIGGER = { ats: 'greenhouse', job: '11', stage: 'Assessment', ...OFFER, daily_limit: 10, dry_run: true };
const SECRETS = { ATS_WEBHOOK_SECRET_GREENHOUSE: 'a-secret', ATS_WEBHOOK_SECRET_LEVER: 'another-secret' };

describe('PARTNER_GREENHOUSE_KEY and PARTNER_ASHBY_KEY', () => {
  it('require ASSESSMENTS', () => {
    for (const name of ['PARTNER_GREENHOUSE_KEY', 'PARTNER_ASHBY_KEY']) {
      assert.match(readErrors({ ...PRODUCTION, [name]: KEY }).join('\n'), /^ASSESSMENTS is missing/);
      assert.deepEqual(readErrors({ ...PRODUCTION, [name]: KEY, ASSESSMENTS }), []);
    }
  });

  it('must not be longer than Greenhouse accepts', () => {
    const settings = { ...PRODUCTION, ASSESSMENTS, PARTNER_GREENHOUSE_KEY: 'k'.repeat(171) };
    assert.match(readErrors(settings).join('\n'), /PARTNER_GREENHOUSE_KEY must have 16 to 170/);
  });
});

describe('a callback', () => {
  it('goes only to the hosts in PARTNER_CALLBACK_HOSTS, which are the documented hosts by default', () => {
    const { partners } = readConfig(PRODUCTION);
    assert.ok(isCallbackAllowed(partners, 'https://app.greenhouse.io/integrations/1'));
    for (const url of [
      'https://greenhouse.io/1',
      'https://app.greenhouse.io.example/1',
      'http://app.greenhouse.io/1',
    ]) {
      assert.equal(isCallbackAllowed(partners, url), false, url);
    }
    const { partners: changedPartners } = readConfig({
      ...PRODUCTION,
      PARTNER_CALLBACK_HOSTS: 'ats.example.com, 127.0.0.1:8080',
    });
    assert.ok(isCallbackAllowed(changedPartners, 'https://ats.example.com/1'));
    assert.ok(isCallbackAllowed(changedPartners, 'http://127.0.0.1:8080/1'));
    for (const url of ['http://ats.example.com/1', 'http://127.0.0.1/1', 'https://app.greenhouse.io/1']) {
      assert.equal(isCallbackAllowed(changedPartners, url), false, url);
    }
  });
});

describe('STAGE_TRIGGERS', () => {
  const listErrors = (triggers: unknown, changes: Record<string, string> = SECRETS) =>
    readErrors({ ...PRODUCTION, ASSESSMENTS, ...changes, STAGE_TRIGGERS: JSON.stringify(triggers) }).join('\n');

  it('are off by default, and valid if the ATS’s secret is set', () => {
    assert.deepEqual(readConfig(PRODUCTION).stageTriggers, []);
    assert.equal(listErrors([TRIGGER]), '');
    assert.equal(listErrors([{ ...TRIGGER, ats: 'lever' }], { ...SECRETS, ATS_LEVER_KEY: 'key' }), '');
  });

  for (const [problem, trigger, error] of [
    ['another ATS', { ...TRIGGER, ats: 'ashby' }, /entry 1 names ashby: use greenhouse, lever, or the ats of ATS_HTTP/],
    [
      'no limit',
      { ...TRIGGER, daily_limit: undefined },
      /daily_limit in entry 1 of STAGE_TRIGGERS must be a whole number/,
    ],
    ['a limit of 0', { ...TRIGGER, daily_limit: 0 }, /daily_limit in entry 1 of STAGE_TRIGGERS must be 1 or more/],
    ['no dry_run', { ...TRIGGER, dry_run: undefined }, /dry_run in entry 1 of STAGE_TRIGGERS must be true or false/],
    ['an unknown field', { ...TRIGGER, limit: 1 }, /has the unknown field limit/],
    ['an assessment that is not offered', { ...TRIGGER, assessment_type: 'sales' }, /that ASSESSMENTS does not list/],
    ['Lever without its connector', { ...TRIGGER, ats: 'lever' }, /entry 1 needs ATS_LEVER_KEY/],
  ] as const) {
    it(`refuse ${problem}`, () => {
      assert.match(listErrors([trigger]), error);
    });
  }

  it('refuse a trigger without the ATS’s secret, and two for the same job and stage', () => {
    assert.match(listErrors([TRIGGER], {}), /entry 1 needs ATS_WEBHOOK_SECRET_GREENHOUSE/);
    assert.match(listErrors([TRIGGER, { ...TRIGGER, dry_run: false }]), /entry 2 repeats the job and the stage/);
  });

  describe('for the ATS of ATS_HTTP', () => {
    const secret = `whsec_${Buffer.from('a custom webhook secret of tests').toString('base64')}`;
    const stage_change = { application: '/id', stage: '/stage' };
    const connector = {
      ats: 'acme',
      url: 'https://api.acme.example/applications/{application}',
      auth: { type: 'bearer' },
      ids: { application: { kind: 'digits', at: '/id' } },
      email: '/email',
      name: '/name',
      jobs: '/jobs',
    };
    const listConnectorErrors = (
      changes: object,
      settings: Record<string, string> = { ATS_WEBHOOK_SECRET_HTTP: secret },
    ) =>
      listErrors([{ ...TRIGGER, ats: 'acme' }], {
        ATS_HTTP: JSON.stringify({ ...connector, ...changes }),
        ATS_HTTP_SECRET: 'key',
        ...settings,
      });

    it('require that ATS_HTTP says where the webhook has the application and the stage', () => {
      assert.equal(listConnectorErrors({ stage_change }), '');
      assert.match(
        listConnectorErrors({}),
        /entry 1 names acme: use greenhouse, lever, or the ats of ATS_HTTP, which then/,
      );
      assert.match(listConnectorErrors({}), /ATS_WEBHOOK_SECRET_HTTP has no effect: add stage_change to ATS_HTTP/);
      assert.match(listConnectorErrors({ stage_change }, {}), /entry 1 needs ATS_WEBHOOK_SECRET_HTTP/);
      assert.match(listConnectorErrors({ stage_change: { stage: '/stage' } }), /application/);
    });

    it('require the jobs of the candidate, and one id by which the proxy looks up the candidate', () => {
      assert.match(
        listConnectorErrors({ stage_change, jobs: undefined }),
        /needs jobs, because a trigger is for one job/,
      );
      const url = 'https://api.acme.example/{job}/{application}';
      const ids = { ...connector.ids, job: { kind: 'digits' } };
      assert.match(listConnectorErrors({ stage_change, url, ids }), /exactly one id, by which the proxy looks up/);
    });
  });
});
