/** Finds variables that look like settings but are not, such as misspelt settings or settings of another release. */
import { SETTING_NAMES, SETTINGS } from './settings.ts';

export interface UnknownVariable {
  name: string;
  /** The setting with the most similar name, if any is similar. */
  suggestion?: string;
}

/** Variables with these prefixes are meant for the proxy. */
const PROXY_PREFIX = /^(EVALON|HOST_TOKEN|OIDC|ATS|INVITE|REMINDER|OUTBOUND_WEBHOOK|PARTNER)_\w+$/;

/** Kubernetes sets these in every container if a service has a name such as `evalon`. */
const KUBERNETES_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP)(_\w+)?)$/;

/** Settings whose names other programs are unlikely to use, so that a similar name is a misspelling. */
const DISTINCTIVE_NAMES = [
  'ALLOWED_ORIGINS',
  'ASSESSMENTS',
  'TRUSTED_PROXIES',
  'COMPARISON',
  'DEFAULT_LOCALE',
  'STAGE_TRIGGERS',
  'CANDIDATE_NOTICE',
  'METRICS_TOKEN',
  'ADMIN_TOKEN',
  'RETENTION_DAYS',
  'AUDIT_RETENTION_DAYS',
];

/** Variables that the proxy reads although they are not in SETTINGS. */
const KNOWN_VARIABLES = ['EVALON_SANDBOX'];

/** @param names the variables that are set. */
export function findUnknownVariables(names: readonly string[]): UnknownVariable[] {
  return names.flatMap((name) => {
    const settingName = name.replace(/_FILE$/, '');
    if (Object.hasOwn(SETTINGS, settingName) || KNOWN_VARIABLES.includes(name)) return [];
    const isForProxy = PROXY_PREFIX.test(name) && !KUBERNETES_SERVICE.test(name);
    const suggestion = findMostSimilar(settingName, isForProxy ? SETTING_NAMES : DISTINCTIVE_NAMES);
    if (!isForProxy && !suggestion) return [];
    const fileSuffix = name.slice(settingName.length);
    return { name, ...(suggestion && { suggestion: suggestion + fileSuffix }) };
  });
}

/** Allows one edit per five letters. Prefers a setting that starts with the name. */
function findMostSimilar(name: string, settings: readonly string[]): string | undefined {
  const [best] = settings
    .map((setting) => ({ setting, distance: levenshteinDistance(name.toUpperCase(), setting) }))
    .filter(({ setting, distance }) => distance <= setting.length / 5)
    .sort((a, b) => Number(b.setting.startsWith(name)) - Number(a.setting.startsWith(name)) || a.distance - b.distance);
  return best?.setting;
}

function levenshteinDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const substituted = (row[j] ?? 0) + Number(letter !== other);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
