/** The language that the browser has picked from the folders of `_locales`. The manifest has the same language. */
import { getDirection, type Locale } from '../../proxy/contract/locales.ts';
import { extension } from './browser.ts';

const locale = extension.i18n.getMessage('locale') as Locale;

/** Returns the texts of the browser's language. The build replaces each module of English texts with a call of this function. */
export function pickTexts<Texts>(texts: Record<Locale, Texts>): Texts {
  return texts[locale];
}

export function localizeDocument(): void {
  Object.assign(document.documentElement, { lang: locale, dir: getDirection(locale) });
  document.title = extension.i18n.getMessage('name');
}
