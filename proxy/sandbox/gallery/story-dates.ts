/**
 * Moves the stories' times, so that they are relative to today. The stories are written for `FIXED_NOW`. The tests'
 * clock shows that time.
 */
import { FIXED_NOW } from './fixtures.ts';

const MINUTE_MS = 60_000;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Moves a time of a story by whole minutes, so that a repeated response within a minute is identical.
 * @param now milliseconds since 1970
 */
export function moveTime(time: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(FIXED_NOW)) / MINUTE_MS);
  return new Date(Date.parse(time) + minutes * MINUTE_MS).toISOString();
}

/** Like `JSON.stringify`, but moves each text that is a time. */
export function stringifyWithMovedTimes(body: unknown, now: number): string {
  return JSON.stringify(body, (_key, value) =>
    typeof value === 'string' && ISO_TIME.test(value) ? moveTime(value, now) : value,
  );
}
