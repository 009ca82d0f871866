/** Makes another server's text safe to log. Builds no regular expression from data, so its cost is linear. */

const HIDDEN = '[redacted]';
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Also matches other words. */
const POSSIBLE_EMAIL = /[^\s"'<>(),;:]+/g;

/** Much longer than the result, so that truncation never splits a name or secret within the result. */
const MAX_INPUT_CHARS = 5_000;
/** Much longer than a name. */
const MAX_NAME_CHARS = 5_000;
const MAX_RESULT_CHARS = 500;

/** Removes line breaks, email addresses, `secrets`, `names`, and each word of `names`, in any letter case. */
export function redact(text: string, { secrets, names }: { secrets: readonly string[]; names: string[] }): string {
  const nameWords = new Set(
    names
      .flatMap((name) => foldCase(name.slice(0, MAX_NAME_CHARS)).match(WORD) ?? [])
      .filter(({ length }) => length > 1),
  );
  return hideTexts(text.slice(0, MAX_INPUT_CHARS), [...secrets, ...names])
    .replace(WORD, (word) => (nameWords.has(foldCase(word)) ? HIDDEN : word))
    .replace(POSSIBLE_EMAIL, (part) => (/.@|.%40/.test(part) ? '[email]' : part))
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, MAX_RESULT_CHARS);
}

/** Replaces each occurrence of a hidden text with `[redacted]`, and overlapping occurrences with only one. */
function hideTexts(text: string, hiddenTexts: readonly string[]): string {
  const folded = foldCase(text);
  const isHidden = new Uint8Array(text.length);
  const fitting = hiddenTexts.filter(({ length }) => length > 0 && length <= text.length);
  for (const hidden of new Set(fitting.map(foldCase))) {
    for (let at = folded.indexOf(hidden); at !== -1; at = folded.indexOf(hidden, at + hidden.length)) {
      isHidden.fill(1, at, at + hidden.length);
    }
  }
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = isHidden.indexOf(isHidden[start] ? 0 : 1, start);
    const next = end === -1 ? text.length : end;
    parts.push(isHidden[start] ? HIDDEN : text.slice(start, next));
    start = next;
  }
  return parts.join('');
}

/** Lower case of the same length. */
function foldCase(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}
