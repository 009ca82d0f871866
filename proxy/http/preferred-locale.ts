import type { Request, Response } from 'express';
import { findFirstLocale, type Locale } from '../contract/locales.ts';

/** Returns the supported language that the browser prefers, by `Accept-Language`. */
export function findPreferredLocale(request: Request, defaultLocale: Locale): Locale {
  return findFirstLocale(request.acceptsLanguages()) ?? defaultLocale;
}

/** Tells caches that the page depends on the browser's language. */
export function setLanguageHeaders(response: Response, locale: Locale): void {
  response.vary('accept-language').set('content-language', locale);
}
