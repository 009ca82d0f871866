/** What may be read off JSON that came from outside, and nothing more. */
export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function toRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** An attribute or property as text, whatever the page has set it to. */
export function toTrimmedString(value: unknown): string {
  return String(value ?? '').trim();
}

export function readString(record: JsonRecord, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' && value ? value : undefined;
}

export function readNumber(record: JsonRecord, key: string): number | undefined {
  const value = record[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The records of a list; what is no list is empty, what is no record is left out. */
export function readRecords(record: JsonRecord, key: string): JsonRecord[] {
  const value = record[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Those of the named fields that hold text. */
export function readStrings<Key extends string>(record: JsonRecord, ...keys: Key[]): { [K in Key]?: string } {
  const texts: { [K in Key]?: string } = {};
  for (const key of keys) {
    const text = readString(record, key);
    if (text) texts[key] = text;
  }
  return texts;
}
