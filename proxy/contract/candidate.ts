/** Evalon's natural key survives letter case and surrounding spaces: one person, one key. */

/** The form under which an email is compared and indexed. Never shown. */
export function candidateKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
