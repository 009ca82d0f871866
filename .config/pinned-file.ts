/**
 * Builds the pinned file: one module with what a page shows before a result, and one part with the rest. The module
 * contains the hash of the part.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin, UserConfig } from 'vite';

const ROOT = join(import.meta.dirname, '..');
/** The names under which the part exports modules, by the modules' files. */
const PART = new Map(
  [...readFileSync(join(ROOT, 'widget/pinned/part.ts'), 'utf8').matchAll(/export \* as (\w+) from '.*\/(.+)'/g)].map(
    ([, name = '', file = '']) => [file, name],
  ),
);
/** As long as the hash, so that source maps stay correct. */
const PLACEHOLDER = `sha384-${'_'.repeat(64)}`;
const DYNAMIC_IMPORT = /\bimport\("(\.[^"]+)"\)/g;

/** The release's version. Tests build other versions. */
const { EMBED_VERSION: version = readVersion() } = process.env;
const PART_FILE = `${version}.part.js`;

export const PINNED_ENTRY = { [`embed/${version}`]: join(ROOT, 'widget/embed.ts') };

export const PINNED_CONFIG: UserConfig = {
  define: { PART_FILE: JSON.stringify(PART_FILE), PART_INTEGRITY: JSON.stringify(PLACEHOLDER) },
  build: {
    emptyOutDir: false,
    rolldownOptions: {
      // The part imports what the module contains.
      preserveEntrySignatures: 'allow-extension',
      output: { chunkFileNames: `embed/${version}.[name].js` },
    },
  },
  plugins: [replaceDynamicImports(), insertIntegrity()],
};

function readVersion(): string {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
}

/** Makes dynamic imports static, except those of the part, which wait until the browser has checked it. */
function replaceDynamicImports(): Plugin {
  const loadPart = join(ROOT, 'widget/pinned/load-part.ts');
  return {
    name: 'replace-dynamic-imports',
    transform: {
      filter: { id: { include: /\/widget\/.*\.ts$/, exclude: loadPart }, code: /\bimport\("\.{1,2}\// },
      handler(code) {
        const imports = [`import { loadPart } from ${JSON.stringify(loadPart)};`];
        const replaced = code.replaceAll(DYNAMIC_IMPORT, (expression, path: string) => {
          if (path === './polyfill.ts') return expression;
          const exported = PART.get(basename(path));
          if (exported) return `loadPart().then(({ ${exported} }) => ${exported})`;
          const name = `module${imports.length}`;
          imports.push(`import * as ${name} from ${JSON.stringify(path)};`);
          return `Promise.resolve(${name})`;
        });
        return { code: [...imports, replaced].join('\n'), map: null };
      },
    },
  };
}

/** Inserts the hash of the part into the module, and checks that nothing else would be loaded. */
function insertIntegrity(): Plugin {
  return {
    name: 'insert-integrity',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const module = chunks.find(({ isEntry }) => isEntry);
      const part = chunks.find(({ isEntry }) => !isEntry);
      if (!module || !part || chunks.length > 2 || module.imports.length || String(part.imports) !== module.fileName) {
        const files = chunks.map(
          ({ fileName, imports }) => `${basename(fileName)} imports ${imports.join() || 'nothing'}`,
        );
        this.error(`The pinned file must be a module without imports, and one part: ${files.join('; ')}`);
      }
      const integrity = `sha384-${createHash('sha384').update(part.code).digest('base64')}`;
      module.code = module.code.replace(PLACEHOLDER, integrity);
      if (!module.code.includes(integrity)) this.error('The pinned file lacks the hash of its part.');
    },
  };
}
