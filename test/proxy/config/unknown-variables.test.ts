import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../../proxy/config/config.ts';
import { SETTINGS } from '../../../proxy/config/settings.ts';
import { PRODUCTION, readErrors } from '../../support/settings.ts';

describe('unknown variables', () => {
  it('that are misspelt are reported with the most similar name', () => {
    const findUnknown = (name: string) => readConfig({ ...PRODUCTION, [name]: 'x' }).unknownVariables;
    for (const [name, suggestion] of [
      ['EVALON_BASEURL', 'EVALON_BASE_URL'],
      ['EVALON_WEBHOOK_SECRETS', 'EVALON_WEBHOOK_SECRET'],
      ['HOST_TOKEN_ISS', 'HOST_TOKEN_ISSUER'],
      ['HOST_TOKEN_AUDIANCE_FILE', 'HOST_TOKEN_AUDIENCE_FILE'],
      ['INVITE_MESAGE', 'INVITE_MESSAGE'],
      ['OIDC_SOMETHING_ELSE', undefined],
      ['ALLOWED_ORIGIN', 'ALLOWED_ORIGINS'],
      ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
      ['ASSESMENTS', 'ASSESSMENTS'],
      ['METRIC_TOKEN_FILE', 'METRICS_TOKEN_FILE'],
    ] as const) {
      assert.deepEqual(findUnknown(name), [{ name, ...(suggestion && { suggestion }) }]);
    }
    const { EVALON_API_KEY, ...otherSettings } = PRODUCTION;
    const errors = readErrors({ ...otherSettings, EVALON_APIKEY: EVALON_API_KEY });
    assert.match(
      errors.join('\n'),
      /^EVALON_API_KEY is missing: .*\nEVALON_APIKEY is not a setting: rename it to EVALON_API_KEY, or/,
    );
  });

  it('of other programs are not reported', () => {
    const otherVariables = [
      ...Object.keys(process.env),
      // Similar to a setting.
      ...[
        'HOSTNAME',
        'HOSTS',
        'PORTS',
        'LOG_LEVELS',
        'DATABASE_URI',
        'PUBLIC_URI',
        'ENVIRONMENTS',
        'NODE_ENV',
        'NODE_OPTIONS',
      ],
      // Of the system and of systemd.
      ...[
        'HTTPS_PROXY',
        'NO_PROXY',
        'PATH',
        'HOME',
        'USER',
        'LANG',
        'TZ',
        'INVOCATION_ID',
        'JOURNAL_STREAM',
        'STATE_DIRECTORY',
      ],
      // Of other tools.
      ...['GITHUB_TOKEN', 'NPM_TOKEN', 'AWS_REGION', 'ALLOWED_HOSTS', 'KUBERNETES_SERVICE_HOST', 'EXTENSION_PROXY_URL'],
      // Kubernetes sets these for services named evalon and evalon-proxy.
      ...['EVALON_SERVICE_HOST', 'EVALON_PROXY_SERVICE_PORT_HTTP', 'EVALON_PORT', 'EVALON_PORT_8787_TCP_ADDR'],
      // The proxy reads this variable, although SETTINGS does not list it.
      'EVALON_SANDBOX',
    ];
    const environment = Object.fromEntries(
      otherVariables.filter((name) => !(name in SETTINGS)).map((name) => [name, '0']),
    );
    assert.deepEqual(readConfig({ ...environment, ...PRODUCTION }).unknownVariables, []);
  });
});
