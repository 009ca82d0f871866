import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../../proxy/config/config.ts';
import { PRODUCTION, readErrors } from '../../support/settings.ts';
import { OUTBOUND_SECRET } from '../../support/webhook-receiver.ts';

const RECEIVER_URL = 'https://ats.example.com/events?key=1';

describe('OUTBOUND_WEBHOOK_URL and OUTBOUND_WEBHOOK_SECRET', () => {
  it('are read together', () => {
    const settings = { ...PRODUCTION, OUTBOUND_WEBHOOK_URL: RECEIVER_URL, OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET };
    assert.deepEqual(readConfig(settings).outboundWebhook, { url: RECEIVER_URL, secrets: [OUTBOUND_SECRET] });
    assert.equal(readConfig(PRODUCTION).outboundWebhook, undefined);
  });

  for (const [problem, settings, error] of [
    ['a URL without a secret', { OUTBOUND_WEBHOOK_URL: RECEIVER_URL }, /OUTBOUND_WEBHOOK_SECRET is missing/],
    ['a secret without a URL', { OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET }, /OUTBOUND_WEBHOOK_URL is missing/],
    [
      'http to another machine',
      { OUTBOUND_WEBHOOK_URL: 'http://ats.example.com', OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET },
      /OUTBOUND_WEBHOOK_URL must be an https/,
    ],
    [
      'a password in the URL',
      { OUTBOUND_WEBHOOK_URL: 'https://a:b@ats.example.com', OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET },
      /OUTBOUND_WEBHOOK_URL must be an https/,
    ],
    [
      'a secret in another format',
      { OUTBOUND_WEBHOOK_URL: RECEIVER_URL, OUTBOUND_WEBHOOK_SECRET: 'whsec_ä' },
      /OUTBOUND_WEBHOOK_SECRET must be a Standard Webhooks secret/,
    ],
  ] as const) {
    it(`refuse ${problem}`, () => {
      assert.match(readErrors({ ...PRODUCTION, ...settings }).join('\n'), error);
    });
  }
});
