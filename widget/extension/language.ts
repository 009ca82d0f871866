/** The language of the browser, which chooses one of the folders of `_locales`, also for the manifest. */
import { getDirection, type Locale } from '../../proxy/contract/locales.ts';
import { extension } from './browser.ts';

const locale = extension.i18n.getMessage('locale') as Locale;

/** Returns the texts of the browser's language. The build calls it in place of each module of English texts. */
export function pickTexts<Texts>(texts: Record<Locale, Texts>): Texts {
  return texts[locale];
}

export function localizeDocument(): void {
  Object.assign(document.documentElement, { lang: locale, dir: getDirection(locale) });
  document.title = extension.i18n.getMessage('name');
}
