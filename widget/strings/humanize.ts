/** A name from the wire as words: `cold_calling` is "Cold calling". */
export function humanize(name: string): string {
  const words = name.replaceAll(/[._-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
