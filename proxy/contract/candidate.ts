/**
 * Normalizes texts that identify a candidate or a project. The proxy uses these functions for every request, every
 * token and every response from an ATS. The widget uses these functions for its attributes. Imports no schema library,
 * so that the widget can import this file.
 */

/** SMTP allows at most 254 characters (RFC 5321, 4.5.3.1.3). A name has the same limit. */
export const MAX_EMAIL_CHARS = 254;
export const MAX_NAME_CHARS = 254;

/** Longer text is not an email, even with a display name. The limit bounds the cost of the patterns below. */
const MAX_MAILBOX_CHARS = 1_000;

const MAILTO = /^mailto:/i;

/** Characters without a glyph (`DI`: default-ignorable), such as soft hyphens and direction marks. */
const INVISIBLE = /\p{DI}/gu;

/** Deliberately permissive: Evalon decides whether an address is valid. */
const EMAIL = /^[^\s\p{C}@<>,;:"]+@(?!.*[@<>,;:"])[!-~]+$/u;

/** Removes what copying, mail programs and links add to an email: `mailto:`, a display name, invisible characters. */
export function normalizeEmail(text: string): string {
  if (text.length > MAX_MAILBOX_CHARS) return text;
  const mailbox = text
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .trim()
    // Separators at the end.
    .replace(/[\s;,.]+$/, '')
    // Quotation marks around the whole text.
    .replace(/^["'“‘«](.*)["'”’»]$/s, '$1')
    // A display name, as in `Jane Smith <jane@example.com>`.
    .replace(/^[^<>]*<([^<>]*)>$/, '$1')
    .trim();
  const address = MAILTO.test(mailbox) ? decode(mailbox.replace(MAILTO, '').split('?', 1)[0] as string) : mailbox;
  const domainStart = address.lastIndexOf('@') + 1;
  const email = address.slice(0, domainStart) + toAsciiDomain(address.slice(domainStart));
  // Additions may be nested, so the function calls itself until nothing changes.
  return email === text ? email : normalizeEmail(email);
}

/** Whether a normalized text is an email. */
export function isEmail(email: string): boolean {
  return email.length <= MAX_EMAIL_CHARS && EMAIL.test(email);
}

/**
 * Returns the text that identifies a candidate in comparisons and indexes. The text ignores letter case, and never
 * appears in the UI.
 */
export function toCandidateKey(email: string): string {
  return normalizeEmail(email).toLowerCase();
}

/**
 * Replaces each run of white space, control characters and directional isolates with one space, and trims. Without
 * isolates, a name cannot reverse the words beside it.
 */
export function normalizeName(text: string): string {
  return text.replace(/[\s\p{Cc}\u2066-\u2069]+/gu, ' ').trim();
}

/** Removes invisible characters and trims. */
export function normalizeId(text: string): string {
  return text.replace(INVISIBLE, '').trim();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Converts an internationalized domain to ASCII. Keeps any other text. A dot may also be `。`, `．` or `｡`. */
function toAsciiDomain(domain: string): string {
  const isInternational = /^[\p{L}\p{M}\p{N}.。．｡-]+$/u.test(domain) && /[^ -~]/.test(domain);
  const url = `http://${domain}`;
  return isInternational && URL.canParse(url) ? new URL(url).hostname : domain;
}
