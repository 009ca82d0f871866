/** Parses ISO 8601 times. `Date.parse` would accept "pending, step 2" as a date. */

const ISO_8601 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/i;
const EARLIEST = Date.UTC(2020, 0, 1);
const DAY_MS = 24 * 60 * 60_000;

/**
 * Returns the time in the format of the proxy's API. Returns undefined for a time before 2020 or more than a day in the
 * future. Also returns undefined for a number, such as seconds since 1970. A time without a zone is UTC.
 */
export function parseTime(value: unknown, now: number): string | undefined {
  const match = typeof value === 'string' ? ISO_8601.exec(value.trim()) : null;
  if (!match) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const withoutOffset = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const date = new Date(withoutOffset);
  // Rejects February 30, which `Date` turns into March 2.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== withoutOffset) return undefined;
  const time = date.getTime() - zoneOffsetMs(zone);
  return time >= EARLIEST && time <= now + DAY_MS ? new Date(time).toISOString() : undefined;
}

function zoneOffsetMs(zone: string): number {
  const [sign, hours, minutes] = [zone[0], Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))];
  if (sign !== '+' && sign !== '-') return 0;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
