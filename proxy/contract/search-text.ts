/**
 * Searches candidates by the beginning of the email or of the name's words. Ignores letter case and accents. The proxy
 * uses these functions to store and match candidates, and the widget uses them in live lists.
 */

/** Only this many words of a name are searchable. */
const MAX_WORDS = 32;

export interface SearchText {
  words: readonly string[];
  /** The whole text, for emails. */
  whole: string;
}

/** Folds letter case, accents and compatibility forms, so that `STRASSE` equals `straße`, and `jose` equals `José`. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ς', 'σ')
    .trim();
}

export function splitWords(text: string): string[] {
  const words = foldText(text).split(/[\s\p{P}]+/u);
  return [...new Set(words.filter(Boolean))].slice(0, MAX_WORDS);
}

/** The stored tokens of a candidate: each word of the name, and the email. */
export function toSearchTokens({ candidate_name, candidate_email }: SearchedCandidate): string[] {
  return [...new Set([...splitWords(candidate_name), foldText(candidate_email)])];
}

export interface SearchedCandidate {
  candidate_name: string;
  candidate_email: string;
}

/** Text with an `@` matches only the beginning of an email. */
export function parseSearch(text: string): SearchText {
  return { whole: foldText(text), words: text.includes('@') ? [] : splitWords(text) };
}

/** Returns prefixes of stored tokens. Every matching candidate has a token that begins with one of these prefixes. */
export function toTokenPrefixes({ words, whole }: SearchText): string[] {
  const [longest] = words.toSorted((a, b) => b.length - a.length);
  return [...new Set([longest ?? whole, whole])].filter(Boolean);
}

export function matchesSearch({ words, whole }: SearchText, candidate: SearchedCandidate): boolean {
  if (whole && foldText(candidate.candidate_email).startsWith(whole)) return true;
  if (!words.length) return false;
  const names = splitWords(candidate.candidate_name);
  return words.every((word) => names.some((name) => name.startsWith(word)));
}
