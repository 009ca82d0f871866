import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildIfStale } from '../../../.config/build.ts';
import { findLocale, LOCALES } from '../../../proxy/contract/locales.ts';
import { PRODUCTION, readErrors } from '../../support/settings.ts';
import { startStack } from '../../support/start-stack.ts';

await buildIfStale();

/** Fetches the module of a language. `locale` is the locale whose texts the module imports. */
async function fetchLanguage(proxyUrl: string, language: string) {
  const response = await fetch(`${proxyUrl}/languages/${language}.js`);
  const code = await response.text();
  assert.equal(response.status, 200, language);
  assert.match(response.headers.get('content-type') ?? '', /^(text|application)\/javascript/);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.equal(response.headers.get('cache-control'), 'public, max-age=300');
  return { locale: /\.\.\/widget\/([\w-]+)\/panel-/.exec(code)?.[1], code };
}

describe('the languages of the widget', () => {
  it('are found by the primary language of a tag', () => {
    for (const locale of LOCALES) assert.equal(findLocale(locale), locale);
    for (const tag of ['DE', 'de-AT', 'de_CH', 'de-Latn-DE']) assert.equal(findLocale(tag), 'de', tag);
    // `iw` is the former code of Hebrew.
    for (const tag of ['iw', 'IW-IL']) assert.equal(findLocale(tag), 'he', tag);
    for (const tag of ['', 'sv', 'den', 'd', 'default', '../de', 'constructor']) {
      assert.equal(findLocale(tag), undefined, tag);
    }
  });

  it('are modules that pages of every origin can load, and that browsers keep for five minutes', async (test) => {
    const { proxy } = await startStack(test);
    for (const locale of LOCALES.filter((supported) => supported !== 'en')) {
      assert.equal((await fetchLanguage(proxy.url, locale)).locale, locale);
      const [primary = ''] = locale.split('-');
      assert.equal((await fetchLanguage(proxy.url, primary)).locale, locale);
    }
  });

  it('default to English, whose texts embed.js contains, if the page’s language is not supported', async (test) => {
    const { proxy } = await startStack(test);
    for (const language of ['en', 'sv', 'default']) {
      assert.equal((await fetchLanguage(proxy.url, language)).code, 'export {};\n');
    }
  });

  it('default to DEFAULT_LOCALE if the page’s language is not supported', async (test) => {
    const { proxy } = await startStack(test, { settings: { DEFAULT_LOCALE: 'de' } });
    for (const language of ['sv', 'default']) assert.equal((await fetchLanguage(proxy.url, language)).locale, 'de');
    assert.equal((await fetchLanguage(proxy.url, 'en')).locale, undefined);
    assert.match(
      readErrors({ ...PRODUCTION, DEFAULT_LOCALE: 'sv' }).join(),
      /^DEFAULT_LOCALE is not supported: set one of en, de,/,
    );
  });
});
