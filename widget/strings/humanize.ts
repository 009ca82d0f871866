/** Turns an identifier into words: `cold_calling` becomes "Cold calling". */
export function humanize(identifier: string): string {
  const words = identifier.replaceAll(/[._-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
