/**
 * Parses JSON from other servers, with the deviations of some web frameworks. Accepts a byte order mark. `NaN` and
 * `Infinity` become null. Integers that a number would round become text.
 */

export const MAX_JSON_DEPTH = 32;

const LARGE_INTEGER = /\d{16}/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NON_FINITE = ['NaN', 'Infinity'];
const [INITIAL_N, INITIAL_I] = [0x4e, 0x49];

/** @throws SyntaxError if the text is not JSON, or is nested deeper than 32. */
export function parseJson(text: string): unknown {
  const json = normalizeJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
  return LARGE_INTEGER.test(json) ? JSON.parse(json, keepLargeInteger) : JSON.parse(json);
}

/** Whether brackets outside of strings are nested deeper than 32. Reads each character once. */
export function isNestedTooDeep(json: string): boolean {
  let depth = 0;
  for (let index = 0; index < json.length; index++) {
    const char = json.charCodeAt(index);
    if (char === QUOTE) index = findStringEnd(json, index);
    else if (isOpening(char)) depth += 1;
    else if (isClosing(char)) depth -= 1;
    if (depth > MAX_JSON_DEPTH) return true;
  }
  return false;
}

/** Some servers have ids above 2^53. */
function keepLargeInteger(_key: string, value: unknown, { source = '' }: { source?: string } = {}): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(source) ? source : value;
}

/** Replaces `NaN` and `Infinity` outside strings with null. Reads each character once. */
function normalizeJson(text: string): string {
  const parts: string[] = [];
  let copiedUntil = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === QUOTE) {
      index = findStringEnd(text, index);
    } else if (isOpening(char)) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) throw new SyntaxError(`the JSON is nested deeper than ${MAX_JSON_DEPTH}`);
    } else if (isClosing(char)) {
      depth -= 1;
    } else if (char === INITIAL_N || char === INITIAL_I) {
      const literal = NON_FINITE.find((name) => text.startsWith(name, index));
      if (literal === undefined) continue;
      const isNegative = literal === 'Infinity' && text[index - 1] === '-';
      parts.push(text.slice(copiedUntil, isNegative ? index - 1 : index), 'null');
      copiedUntil = index + literal.length;
      index = copiedUntil - 1;
    }
  }
  return parts.length ? parts.join('') + text.slice(copiedUntil) : text;
}

/** `[` or `{`. */
function isOpening(char: number): boolean {
  return char === 0x5b || char === 0x7b;
}

/** `]` or `}`. */
function isClosing(char: number): boolean {
  return char === 0x5d || char === 0x7d;
}

/** Returns the position of the closing quote, or the end of the text. */
function findStringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === QUOTE) return index;
    if (char === BACKSLASH) index += 1;
  }
  return text.length;
}
