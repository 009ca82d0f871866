/**
 * Reads settings from environment variables: `NAME`, or `NAME_FILE` with the path of a file that contains the value.
 */
import { readFileSync } from 'node:fs';
import { decodeText } from '../util/text-file.ts';
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsReadResult {
  settings: Settings;
  /** The unparsed values. */
  texts: Map<SettingName, string>;
  /** One error for each problem, with a fix. An error never contains a secret's value. */
  errors: string[];
}

export function readSettings(environment: Environment): SettingsReadResult {
  const errors: string[] = [];
  const settings: Partial<Record<SettingName, unknown>> = {};
  const texts = new Map<SettingName, string>();
  for (const name of SETTING_NAMES) {
    const [type, fix] = SETTINGS[name];
    const text = readText(environment, name, errors);
    if (text === undefined) continue;
    texts.set(name, text);
    const parsed = type.safeParse(text, { error: describeIssue });
    if (parsed.success) {
      settings[name] = parsed.data;
      continue;
    }
    for (const { path, message } of parsed.error.issues) {
      errors.push(`${formatIssuePath(name, path)} ${message}: ${fix}`);
    }
  }
  return { settings: settings as Settings, texts, errors };
}

/** Returns the file paths in the `NAME_FILE` variables. */
export function listSettingFiles(environment: Environment = process.env): string[] {
  return SETTING_NAMES.flatMap((name) => environment[`${name}_FILE`] ?? []);
}

function readText(environment: Environment, name: string, errors: string[]): string | undefined {
  const file = environment[`${name}_FILE`];
  const value = environment[name]?.trim() || undefined;
  if (!file) return value;
  if (value) errors.push(`${name} and ${name}_FILE are both set: unset one of them`);
  try {
    const content = decodeText(readFileSync(file))?.trim();
    if (content === undefined) errors.push(`${name}_FILE names a file that is not text in UTF-8: save it as UTF-8`);
    else if (!content) errors.push(`${name}_FILE names an empty file: write the value into it, or unset it`);
    return content || undefined;
  } catch (error) {
    errors.push(`${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code}): name a readable file`);
    return undefined;
  }
}

/** Messages for administrators, in place of zod's own messages. */
const TYPE_MESSAGES: Record<string, string> = {
  string: 'must be text, in double quotes',
  number: 'must be a number',
  array: 'must be a list, in [ ]',
  object: 'must be an object, in { }',
  record: 'must be an object, in { }',
};

function describeIssue(issue: {
  code?: string;
  input?: unknown;
  expected?: unknown;
  keys?: unknown;
}): string | undefined {
  if (issue.code === 'unrecognized_keys')
    return `has the unknown field ${(issue.keys as string[]).slice(0, 5).join(', ')}`;
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined ? 'is missing' : TYPE_MESSAGES[String(issue.expected)];
}

/** Formats a path in JSON as `label in entry 2 of ASSESSMENTS` or `overall.0 in EVALON_FIELD_MAP`. */
function formatIssuePath(name: string, path: readonly PropertyKey[]): string {
  const [first, ...rest] = path;
  const place = typeof first === 'number' ? `entry ${first + 1} of ${name}` : name;
  const field = (typeof first === 'number' ? rest : path).join('.');
  return field ? `${field} in ${place}` : place;
}
