/** Reads JSON of unknown shape. */
export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function toRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** Like `JSON.stringify` for plain data, but ignores a `toJSON` that a library has added to all arrays or objects. */
export function stringifyJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stringifyJson).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value ?? null);
  const fields = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${fields.map((key) => `${JSON.stringify(key)}:${stringifyJson(value[key])}`).join()}}`;
}

/** Converts the value of an attribute or property, which the page may set to any type. */
export function toTrimmedString(value: unknown): string {
  return String(value ?? '').trim();
}

/** Returns undefined for an empty string, too. */
export function readString(record: JsonRecord, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' && value ? value : undefined;
}

export function readNumber(record: JsonRecord, key: string): number | undefined {
  const value = record[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Returns the records of a list, without any other items. */
export function readRecords(record: JsonRecord, key: string): JsonRecord[] {
  const value = record[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Returns the named fields that are non-empty strings. */
export function readStrings<Key extends string>(record: JsonRecord, ...keys: Key[]): { [K in Key]?: string } {
  const strings: { [K in Key]?: string } = {};
  for (const key of keys) {
    const value = readString(record, key);
    if (value) strings[key] = value;
  }
  return strings;
}
