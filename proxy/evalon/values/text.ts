/** Parses ids, names and other texts. Each function returns undefined for a value it cannot use. */

const MAX_ID_CHARS = 1_000;
const MAX_LINE_CHARS = 1_000;
const MAX_WORD_CHARS = 200;
/** About ten pages. A browser takes seconds to lay out a megabyte. */
const MAX_PROSE_CHARS = 20_000;
const MAX_HEADING_CHARS = 500;

/** An opaque id of printable characters. A number becomes text. parseJson keeps large integers as text. */
export function parseId(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  return parsePrintable(value, MAX_ID_CHARS);
}

/** An id that is usable as a segment of a URL path. */
export function parseSessionUuid(value: unknown): string | undefined {
  const id = parseId(value);
  return id === '.' || id === '..' ? undefined : id;
}

/** An email, possibly masked. */
export function parseEmail(value: unknown): string | undefined {
  const email = parsePrintable(value, MAX_LINE_CHARS);
  return email?.includes('@') ? email : undefined;
}

export function parseLine(value: unknown): string | undefined {
  return parsePrintable(value, MAX_LINE_CHARS);
}

/** The name of an event or a status. */
export function parseWord(value: unknown): string | undefined {
  return parsePrintable(value, MAX_WORD_CHARS);
}

/** Text of any length, unchanged. */
export function parseText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value : undefined;
}

/** A narrative or a feedback, cut to ten pages. */
export function parseProse(value: unknown): string | undefined {
  return cutText(parseText(value), MAX_PROSE_CHARS);
}

/** The name of a section, or the title of a question, cut to 500 characters. */
export function parseHeading(value: unknown): string | undefined {
  return cutText(parseText(value), MAX_HEADING_CHARS);
}

function cutText(text: string | undefined, maxChars: number): string | undefined {
  if (text === undefined || text.length <= maxChars) return text;
  // Removes the first half of a character (a surrogate pair) that the cut splits.
  return `${text.slice(0, maxChars - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function parsePrintable(value: unknown, maxChars: number): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  // \p{C}: control and format characters, lone surrogates, unassigned characters.
  return text.length > 0 && text.length <= maxChars && !/\p{C}/u.test(text) ? text : undefined;
}
