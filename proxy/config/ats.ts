/** Which ATSs' own APIs are to be asked, and by which credentials. */

import type { CustomConnector } from './custom-connector.ts';
import { SETTINGS, type SettingName, type Settings } from './settings.ts';

/** Addresses are without a trailing slash. */
export interface AtsConfig {
  greenhouse?: { clientId: string; clientSecret: string; userId?: string; url: string; tokenUrl: string };
  lever?: { key: string; url: string };
  ashby?: { key: string; url: string };
  custom?: CustomConnector & { secret: string };
}

const GREENHOUSE_URL = 'https://harvest.greenhouse.io/v3';
const GREENHOUSE_TOKEN_URL = 'https://auth.greenhouse.io/token';
const LEVER_URL = 'https://api.lever.co/v1';
const ASHBY_URL = 'https://api.ashbyhq.com';

/** Settings that have no effect without each other. */
const REQUIRED_PAIRS: [SettingName, SettingName][] = [
  ['ATS_GREENHOUSE_CLIENT_ID', 'ATS_GREENHOUSE_CLIENT_SECRET'],
  ['ATS_HTTP', 'ATS_HTTP_SECRET'],
];

/** @param isGiven whether a setting is there, be it at fault. */
export function readAtsConfig(settings: Settings, isGiven: (name: SettingName) => boolean) {
  const ats = buildAtsConfig(settings);
  const faults: string[] = [];
  for (const [one, other] of REQUIRED_PAIRS) {
    if (isGiven(one) === isGiven(other)) continue;
    const [there, missing] = isGiven(one) ? [one, other] : [other, one];
    faults.push(`${missing} is missing, without which ${there} has no effect: ${SETTINGS[missing][1]}`);
  }
  const { custom: declared, ...builtIn } = ats;
  if (declared && Object.hasOwn(builtIn, declared.ats)) {
    faults.push(`ATS_HTTP declares ${declared.ats}, whose own settings are given too: keep one of them`);
  }
  return { ats, faults };
}

function buildAtsConfig(settings: Settings): AtsConfig {
  const { ATS_GREENHOUSE_CLIENT_ID: clientId, ATS_GREENHOUSE_CLIENT_SECRET: clientSecret } = settings;
  const { ATS_GREENHOUSE_USER_ID: userId, ATS_LEVER_KEY: leverKey, ATS_ASHBY_KEY: ashbyKey } = settings;
  const { ATS_HTTP: declared, ATS_HTTP_SECRET: secret } = settings;
  return {
    ...(clientId &&
      clientSecret && {
        greenhouse: {
          clientId,
          clientSecret,
          ...(userId && { userId }),
          url: settings.ATS_GREENHOUSE_URL ?? GREENHOUSE_URL,
          tokenUrl: settings.ATS_GREENHOUSE_TOKEN_URL ?? GREENHOUSE_TOKEN_URL,
        },
      }),
    ...(leverKey && { lever: { key: leverKey, url: settings.ATS_LEVER_URL ?? LEVER_URL } }),
    ...(ashbyKey && { ashby: { key: ashbyKey, url: settings.ATS_ASHBY_URL ?? ASHBY_URL } }),
    ...(declared && secret && { custom: { ...declared, secret } }),
  };
}
