/**
 * Evalon's natural key survives letter case and surrounding spaces: one person, one key. No schema library here, so
 * that the widget can import it.
 */

/** Only what no address can do without; whether it is one is Evalon's to decide. */
export const EMAIL_PATTERN = /^[^\s@]+@[^\s@]+$/;

/** The form under which an email is compared and indexed. Never shown. */
export function toCandidateKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
