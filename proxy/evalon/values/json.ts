/** Parses JSON as web frameworks write it: with a byte order mark, and with `NaN` and `Infinity`, which become null. */

const MAX_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const NON_FINITE = ['NaN', 'Infinity'];
const NON_FINITE_INITIALS = new Set(NON_FINITE.map((literal) => literal.charCodeAt(0)));

/** @throws SyntaxError if the text is not JSON, or is nested deeper than 32. */
export function parseJson(text: string): unknown {
  return JSON.parse(normalizeJson(text.startsWith('\uFEFF') ? text.slice(1) : text));
}

/** Replaces `NaN` and `Infinity` outside strings by null. Reads each character once. */
function normalizeJson(text: string): string {
  const parts: string[] = [];
  let copiedUntil = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === QUOTE) {
      index = findStringEnd(text, index);
    } else if (OPENING.has(char)) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new SyntaxError(`the JSON is nested deeper than ${MAX_DEPTH}`);
    } else if (CLOSING.has(char)) {
      depth -= 1;
    } else if (NON_FINITE_INITIALS.has(char)) {
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

/** Returns the position of the closing quote, or the end of the text. */
function findStringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === QUOTE) return index;
    if (char === BACKSLASH) index += 1;
  }
  return text.length;
}
