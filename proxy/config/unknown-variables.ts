/**
 * Variables that look like settings and are none: misspelt, or of another release. Nobody should believe that they have an
 * effect. What other programs of a machine have is not named.
 */
import { SETTINGS } from './settings.ts';

export interface UnknownVariable {
  name: string;
  /** The setting that is spelt most like it; absent where none comes near. */
  suggestion?: string;
}

/** Whatever begins so is meant for the proxy. */
const OWN_PREFIX = /^(EVALON|HOST_TOKEN|OIDC|ATS|INVITE)_\w+$/;

/** What Kubernetes gives to every process beside a service of that name. */
const KUBERNETES_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP)(_\w+)?)$/;

/** Words that nobody else is likely to have, so that what comes near them is meant for the proxy. */
const DISTINCTIVE_NAMES = [
  'ALLOWED_ORIGINS',
  'ASSESSMENTS',
  'TRUSTED_PROXIES',
  'COMPARISON',
  'METRICS_TOKEN',
  'ADMIN_TOKEN',
  'RETENTION_DAYS',
  'AUDIT_RETENTION_DAYS',
];

/** No setting of SETTINGS, and known all the same. */
const KNOWN_VARIABLES = ['EVALON_SANDBOX'];

/** @param names of the variables that are set. */
export function findUnknownVariables(names: readonly string[]): UnknownVariable[] {
  return names.flatMap((name) => {
    const bare = name.replace(/_FILE$/, '');
    if (Object.hasOwn(SETTINGS, bare) || KNOWN_VARIABLES.includes(name)) return [];
    const isOurs = OWN_PREFIX.test(name) && !KUBERNETES_SERVICE.test(name);
    const near = findNearest(bare, isOurs ? Object.keys(SETTINGS) : DISTINCTIVE_NAMES);
    if (!isOurs && !near) return [];
    return { name, ...(near && { suggestion: near + name.slice(bare.length) }) };
  });
}

/** A letter in five may be another, missing or too much; what was only cut off comes first. */
function findNearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((one) => ({ one, distance: levenshteinDistance(name.toUpperCase(), one) }))
    .filter(({ one, distance }) => distance <= one.length / 5)
    .sort((a, b) => Number(b.one.startsWith(name)) - Number(a.one.startsWith(name)) || a.distance - b.distance);
  return best?.one;
}

/** How many letters have to be put in, left out or replaced (Levenshtein). */
function levenshteinDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + Number(letter !== wanted);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
