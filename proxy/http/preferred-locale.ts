import type { Request, Response } from 'express';
import { findLocale, type Locale } from '../contract/locales.ts';

/** Returns the supported language that the browser prefers, by `Accept-Language`. */
export function findPreferredLocale(request: Request, defaultLocale: Locale): Locale {
  for (const tag of request.acceptsLanguages()) {
    const locale = findLocale(tag);
    if (locale) return locale;
  }
  return defaultLocale;
}

/** Tells caches that the page depends on the browser's language. */
export function setLanguageHeaders(response: Response, locale: Locale): void {
  response.vary('accept-language').set('content-language', locale);
}
