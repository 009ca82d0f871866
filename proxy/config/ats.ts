/** The ATSs whose APIs the proxy calls, with their credentials. */
import type { CustomConnector } from './custom-connector.ts';
import { getFix, type SettingName, type Settings } from './settings.ts';
import { checkStageTriggers } from './stage-triggers.ts';
import { checkWriteBack } from './write-back.ts';

/** URLs have no trailing slash. */
export interface AtsConfig {
  greenhouse?: { clientId: string; clientSecret: string; userId?: string; url: string; tokenUrl: string };
  lever?: { key: string; url: string };
  ashby?: { key: string; url: string };
  /** The ATS that `ATS_HTTP` describes. */
  custom?: CustomConnector & { secret: string };
}

const GREENHOUSE_URL = 'https://harvest.greenhouse.io/v3';
const GREENHOUSE_TOKEN_URL = 'https://auth.greenhouse.io/token';
const LEVER_URL = 'https://api.lever.co/v1';
export const ASHBY_URL = 'https://api.ashbyhq.com';

const BUILT_IN_LABELS: Record<string, string> = { greenhouse: 'Greenhouse', lever: 'Lever', ashby: 'Ashby' };

/** Settings that have no effect without each other. */
const PAIRED_SETTINGS: [SettingName, SettingName][] = [
  ['ATS_GREENHOUSE_CLIENT_ID', 'ATS_GREENHOUSE_CLIENT_SECRET'],
  ['ATS_HTTP', 'ATS_HTTP_SECRET'],
  ['OUTBOUND_WEBHOOK_URL', 'OUTBOUND_WEBHOOK_SECRET'],
];

/** @param isSet whether a setting is set, even if it is invalid. */
export function checkAtsSettings(
  settings: Settings,
  isSet: (name: SettingName) => boolean,
  isSandbox: boolean,
): string[] {
  const errors: string[] = [];
  for (const pair of PAIRED_SETTINGS) {
    const missing = pair.find((name) => !isSet(name));
    const present = pair.find(isSet);
    if (missing && present) {
      errors.push(`${missing} is missing. Without it ${present} has no effect: ${getFix(missing)}`);
    }
  }
  const config = buildAtsConfig(settings);
  const { custom, ...builtIn } = config;
  if (custom && Object.hasOwn(builtIn, custom.ats)) {
    errors.push(`ATS_HTTP describes ${custom.ats}, but the settings of its built-in connector are set too: unset one`);
  }
  const targets = settings.ATS_WRITE_BACK ?? [];
  const linksToResults = targets.some(
    (target) => 'text' in target && Object.values(target.text).some((template) => template.includes('{result_url}')),
  );
  if (linksToResults && !isSet('OIDC_ISSUER')) {
    errors.push(
      'ATS_WRITE_BACK names {result_url}, a page that needs single sign-on: set OIDC_ISSUER, or leave it out',
    );
  }
  // In the sandbox, every ATS can deliver the invite link.
  if (!isSandbox) errors.push(...checkInviteDelivery(settings, isSet));
  return [...errors, ...checkWriteBack(targets, config), ...checkStageTriggers(settings, config, isSet)];
}

function checkInviteDelivery(
  { INVITE_DELIVERY: delivery, ATS_WRITE_BACK: targets }: Settings,
  isSet: (name: SettingName) => boolean,
): string[] {
  // An invalid ATS_WRITE_BACK has its own error.
  const isWriteBackInvalid = targets === undefined && isSet('ATS_WRITE_BACK');
  const writesLink = targets?.some(({ as, dry_run }) => as === 'link' && !dry_run) ?? false;
  if (delivery === 'ats' && !writesLink && !isWriteBackInvalid) {
    return [
      'INVITE_DELIVERY is ats, but no entry of ATS_WRITE_BACK gives an ATS the link: add one, such as {"ats":"greenhouse","as":"link","field":"evalon_link"}',
    ];
  }
  return writesLink && delivery !== 'ats'
    ? ['ATS_WRITE_BACK gives an ATS the link, but INVITE_DELIVERY is not ats: set it, or remove the entry']
    : [];
}

/** Returns the ATS's name in the UI. */
export function getAtsLabel({ custom }: AtsConfig, ats: string): string {
  if (custom?.ats === ats) return custom.label ?? ats;
  return BUILT_IN_LABELS[ats] ?? ats;
}

export function hasConnector({ custom, ...builtIn }: AtsConfig, ats: string): boolean {
  return custom?.ats === ats || Object.hasOwn(builtIn, ats);
}

export function buildAtsConfig(settings: Settings): AtsConfig {
  const { ATS_GREENHOUSE_CLIENT_ID: clientId, ATS_GREENHOUSE_CLIENT_SECRET: clientSecret } = settings;
  const { ATS_GREENHOUSE_USER_ID: userId, ATS_LEVER_KEY: leverKey, ATS_ASHBY_KEY: ashbyKey } = settings;
  const { ATS_HTTP: connector, ATS_HTTP_SECRET: secret } = settings;
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
    ...(connector && secret && { custom: { ...connector, secret } }),
  };
}
