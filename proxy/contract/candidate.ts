/** Candidates are identified by email. Imports no schema library, so that the widget can import this file. */

/** Deliberately permissive: Evalon decides whether an address is valid. */
export const EMAIL_PATTERN = /^[^\s@]+@[^\s@]+$/;

/** Normalizes an email for comparing and indexing: equal for upper and lower case and surrounding spaces. Never shown. */
export function toCandidateKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
