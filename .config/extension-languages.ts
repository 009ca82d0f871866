/** The languages of the browser extension: its texts in the scripts, and `_locales` for what the browser itself shows. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, parseSync } from 'vite';
import { LOCALES, type Locale } from '../proxy/contract/locales.ts';
import type * as Texts from '../widget/strings/en/extension.ts';

const ROOT = join(import.meta.dirname, '..');
const STRINGS = join(ROOT, 'widget/strings');
/** The module that exports `pickTexts`. */
const PICK_TEXTS_MODULE = join(ROOT, 'widget/extension/language.ts');
const PREFIX = '\0texts:';

/**
 * Replaces each module of English texts by one that has the same texts in the browser's language. All languages are part
 * of the scripts, because a service worker cannot import a language later.
 */
export function includeLanguages(): Plugin {
  return {
    name: 'browser-language',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^\.\.\/.*strings\/en\/[\w-]+\.ts$/ },
      handler: (id) => `${PREFIX}${id.split('/').at(-1)}`,
    },
    load: {
      filter: { id: /^\0texts:/ },
      handler: (id) => generateModule(id.slice(PREFIX.length)),
    },
  };
}

function generateModule(file: string): string {
  const imports = LOCALES.map(
    (locale, index) => `import * as texts${index} from ${JSON.stringify(join(STRINGS, locale, file))};`,
  );
  const texts = LOCALES.map((locale, index) => `${JSON.stringify(locale)}: texts${index}`);
  return `import { pickTexts } from ${JSON.stringify(PICK_TEXTS_MODULE)};
${imports.join('\n')}
export const { ${listExports(join(STRINGS, 'en', file)).join(', ')} } = pickTexts({ ${texts.join(', ')} });
`;
}

/** Returns the names that a module exports, without types. */
function listExports(path: string): string[] {
  return parseSync(path, readFileSync(path, 'utf8'))
    .module.staticExports.flatMap(({ entries }) => entries)
    .flatMap(({ exportName: { name }, isType }) => (name && !isType ? name : []));
}

/** Writes the texts for the manifest, and for the extension's chip in an ATS's page. Neither can import a module. */
export async function writeLocales(extensionFolder: string): Promise<void> {
  for (const locale of LOCALES) {
    const path = pathToFileURL(join(STRINGS, locale, 'extension.ts')).href;
    const { chipLabel, chipHint, chipHintLabel, storeDescription }: typeof Texts = await import(path);
    const texts = { locale, name: chipHintLabel, description: storeDescription, chipLabel, chipHint };
    const messages = Object.entries(texts).map(([key, message]) => [key, { message }]);
    for (const name of listFolderNames(locale)) {
      const folder = join(extensionFolder, '_locales', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'messages.json'), `${JSON.stringify(Object.fromEntries(messages), null, 2)}\n`);
    }
  }
}

/** Browsers in European Portuguese do not use the folder of Brazilian Portuguese. */
function listFolderNames(locale: Locale): string[] {
  return locale === 'pt-BR' ? ['pt_BR', 'pt_PT'] : [locale];
}
