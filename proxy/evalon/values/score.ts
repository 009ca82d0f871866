/** Parses scores and keeps their scale. */
import { isJsonObject, readFolded } from '../folded-keys.ts';

export interface Score {
  value: number;
  /** Null if unknown. */
  max: number | null;
}

const DECIMAL = String.raw`[+-]?\d{1,15}(?:\.\d{1,15})?`;
/** `82`, `82%`, `82/100`, `82 of 100`, `82 out of 100`. */
const SCORE_TEXT = new RegExp(`^(${DECIMAL})(?:\\s?(%)|\\s?(?:/|of|out of)\\s?(${DECIMAL}))?$`, 'i');

const VALUE_KEYS = ['value', 'score', 'points', 'overall'];
const PERCENT_KEYS = ['percent', 'percentage'];
const MAX_KEYS = ['max', 'max_score', 'out_of', 'maximum', 'max_points', 'max_value'];

/** Parses a number, "82", "82%", "82/100" or `{value, max}`. Returns undefined if it is none of these. */
export function parseScore(value: unknown): Score | undefined {
  return isJsonObject(value) ? parseScoreObject(value) : parseScalar(value);
}

/** A negative score, one above its maximum, or one above 100 without a maximum is probably on another scale. */
export function isOutOfRange({ value, max }: Score): boolean {
  return value < 0 || value > (max ?? 100);
}

/** Parses a maximum: a number above 0, which may be text. */
export function parseMaxScore(value: unknown): number | undefined {
  const max = parseScalar(value)?.value;
  return max !== undefined && max > 0 ? max : undefined;
}

/** Parses a duration of 0 seconds or more. */
export function parseSeconds(value: unknown): number | undefined {
  const parsed = parseScalar(value);
  return parsed && parsed.max === null && parsed.value >= 0 ? parsed.value : undefined;
}

function parseScalar(value: unknown): Score | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? { value, max: null } : undefined;
  const match = typeof value === 'string' ? SCORE_TEXT.exec(value.trim()) : null;
  if (!match) return undefined;
  const [, number, percent, max] = match;
  return { value: Number(number), max: percent ? 100 : Number(max) || null };
}

function parseScoreObject(object: object): Score | undefined {
  const max = firstScalar(object, MAX_KEYS)?.value ?? null;
  const scored = firstScalar(object, VALUE_KEYS);
  if (scored) return { value: scored.value, max: scored.max ?? max };
  const percent = firstScalar(object, PERCENT_KEYS);
  return percent && { value: percent.value, max: 100 };
}

function firstScalar(object: object, keys: readonly string[]): Score | undefined {
  for (const key of keys) {
    const scalar = parseScalar(readFolded(object, key));
    if (scalar) return scalar;
  }
  return undefined;
}
