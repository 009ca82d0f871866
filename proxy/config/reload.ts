/** Compares the settings before and after a reload. */
import type { Config } from './config.ts';
import { SETTING_NAMES, type SettingName } from './settings.ts';

/** The proxy applies changes of these settings only after a restart. */
const RESTART_ONLY: SettingName[] = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUSTED_PROXIES',
  'EVALON_BASE_URL',
  'ENVIRONMENT',
  'INVITE_DELIVERY',
  'COMPARISON',
  'DATABASE_URL',
  'LOG_LEVEL',
];

/** Returns the changed settings (`changed`), and those of them that wait for a restart (`waiting`). */
export function diffSettings(before: Config, after: Config): { changed: SettingName[]; waiting: SettingName[] } {
  const changed = SETTING_NAMES.filter((name) => before.settingDigests.get(name) !== after.settingDigests.get(name));
  return { changed, waiting: changed.filter((name) => RESTART_ONLY.includes(name)) };
}
