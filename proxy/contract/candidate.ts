/** Candidates are identified by email. Imports no schema library, so that the widget can import this file. */

/** Deliberately permissive: Evalon decides whether an address is valid. */
export const EMAIL_PATTERN = /^[^\s@]+@[^\s@]+$/;

/** Normalizes an email for comparisons and indexes: ignores case and surrounding spaces. The UI never shows it. */
export function toCandidateKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
