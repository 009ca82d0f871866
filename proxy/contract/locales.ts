/** The languages of the widget and of the messages to candidates. Imports no schema library. */

/** BCP 47 tags. No two have the same primary language. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'nl', 'it', 'pl', 'ja', 'ar', 'he'] as const;

export type Locale = (typeof LOCALES)[number];

/**
 * Returns the supported language with the same primary language: `pt` and `pt-PT` become `pt-BR`.
 * @param tag a BCP 47 tag, in any case, also with underscores
 */
export function findLocale(tag: string): Locale | undefined {
  const [primary] = tag.toLowerCase().split(/[-_]/);
  return LOCALES.find((locale) => locale.split('-')[0] === primary);
}
