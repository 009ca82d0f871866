/**
 * The languages of the widget and of the messages to candidates. Imports no schema library, so that the widget can
 * import this file.
 */

/** BCP 47 tags. No two have the same primary language. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'nl', 'it', 'pl', 'ja', 'ar', 'he'] as const;

export type Locale = (typeof LOCALES)[number];

const RIGHT_TO_LEFT: readonly Locale[] = ['ar', 'he'];

/** Older systems still name Hebrew by its code of 1988. */
const FORMER_CODES: Readonly<Record<string, string>> = { iw: 'he' };

/**
 * Returns the supported language with the same primary language: `pt` and `pt-PT` become `pt-BR`.
 * @param tag a BCP 47 tag, in any letter case, with hyphens or underscores
 */
export function findLocale(tag: string): Locale | undefined {
  const [code = ''] = tag.toLowerCase().split(/[-_]/);
  const primary = Object.hasOwn(FORMER_CODES, code) ? FORMER_CODES[code] : code;
  return LOCALES.find((locale) => locale.split('-')[0] === primary);
}

/** @param tags BCP 47 tags, the preferred one first */
export function findFirstLocale(tags: readonly string[]): Locale | undefined {
  for (const tag of tags) {
    const locale = findLocale(tag);
    if (locale) return locale;
  }
  return undefined;
}

export function getDirection(locale: Locale): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(locale) ? 'rtl' : 'ltr';
}
