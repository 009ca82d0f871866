/** The settings of the assessment partner APIs, through which recruiters order assessments in their ATS. */
import { GREENHOUSE_HOSTS } from '../contract/built-in-page-adapters.ts';
import { matchesHost } from '../contract/page-address.ts';
import { isLoopback } from '../util/loopback.ts';
import { ASHBY_URL } from './ats.ts';
import type { SettingName, Settings } from './settings.ts';

export const PARTNER_ATSS = ['greenhouse', 'ashby'] as const;
export type PartnerAts = (typeof PARTNER_ATSS)[number];

export interface PartnerConfig {
  /** One key for each ATS, or two during a rotation. */
  keys: Partial<Record<PartnerAts, string[]>>;
  /** Hosts, some with a port, to which the proxy may send results. */
  callbackHosts: readonly string[];
  /** Where the proxy reports the results of Ashby's orders. Each order from Greenhouse names its own callback URL. */
  ashbyApi?: { key: string; url: string };
}

const KEY_SETTINGS = { greenhouse: 'PARTNER_GREENHOUSE_KEY', ashby: 'PARTNER_ASHBY_KEY' } as const satisfies Record<
  PartnerAts,
  SettingName
>;

/** @param isSet whether a setting is set, even if it is invalid. */
export function checkPartnerSettings(isSet: (name: SettingName) => boolean): string[] {
  if (isSet('ASSESSMENTS')) return [];
  return Object.values(KEY_SETTINGS)
    .filter(isSet)
    .map((name) => `ASSESSMENTS is missing. Without it ${name} offers nothing: list what recruiters may order`);
}

export function buildPartnerConfig(settings: Settings): PartnerConfig {
  const keys: PartnerConfig['keys'] = {};
  for (const ats of PARTNER_ATSS) {
    const values = settings[KEY_SETTINGS[ats]];
    if (values) keys[ats] = values;
  }
  const ashbyKey = settings.ATS_ASHBY_KEY ?? keys.ashby?.[0];
  return {
    keys,
    callbackHosts: settings.PARTNER_CALLBACK_HOSTS ?? GREENHOUSE_HOSTS,
    ...(keys.ashby && ashbyKey && { ashbyApi: { key: ashbyKey, url: settings.ATS_ASHBY_URL ?? ASHBY_URL } }),
  };
}

/** Whether the proxy may send a result to the URL. The URL needs a permitted host, and https except on this machine. */
export function isCallbackAllowed({ callbackHosts }: PartnerConfig, callbackUrl: string): boolean {
  const url = URL.parse(callbackUrl);
  if (!url || url.username || url.password) return false;
  const isSecure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return isSecure && (callbackHosts.includes(url.host) || (!url.port && matchesHost(callbackHosts, url.hostname)));
}
