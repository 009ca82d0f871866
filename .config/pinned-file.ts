/**
 * Builds the pinned file: one module with what a page shows before a result, and two parts with the rest. The module
 * contains the hashes of the parts. A part imports nothing, because the browser would not check the hash of an imported
 * file. Instead, each part exports a function that receives the exports of the module and of the parts before it.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import commonjsPlugin from '@rollup/plugin-commonjs';
import { type Plugin, parseSync, type Rolldown, type UserConfig } from 'vite';
import { hashContent } from '../proxy/pinned-files/build.ts';
import { isolateLit } from './isolate-lit.ts';

// The package's types wrongly describe its default export as a namespace.
const commonjs = commonjsPlugin as unknown as typeof commonjsPlugin.default;

const ROOT = join(import.meta.dirname, '..');
const LOADERS = join(ROOT, 'widget/pinned/parts.ts');
/** The parts, and the functions that load them. A part uses the module and the parts before it. */
const PARTS = { result: 'loadResult', rest: 'loadRest' };
const DYNAMIC_IMPORT = /\bimport\("(\.[^"]+)"\)/g;
/** Statements as the bundler prints them before it minifies. */
const IMPORT_STATEMENT = /^import \{(.+)\} from "\.\/(.+)";$/gm;
const EXPORT_STATEMENT = /^export \{(.+)\};$/m;

/** The release's version. Tests build other versions. */
const { EMBED_VERSION: version = readVersion() } = process.env;

/** Vite's configuration for the elements in English: a module, and its parts. */
export function pinnedFile(): UserConfig {
  return {
    publicDir: false,
    define: {
      VERSION: JSON.stringify(version),
      INTEGRITY_OF_RESULT: JSON.stringify(getPlaceholder('result')),
      INTEGRITY_OF_REST: JSON.stringify(getPlaceholder('rest')),
    },
    build: {
      outDir: 'dist/widget',
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: 'hidden',
      lib: { entry: { [`embed/${version}`]: join(ROOT, 'widget/embed.ts') }, formats: ['es'] },
      rolldownOptions: {
        checks: { preferBuiltinFeature: false, bundlerTimings: false },
        // The parts use what the module contains.
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, comments: false, chunkFileNames: `embed/${version}.[name].part.js` },
      },
    },
    plugins: [
      commonjs({ include: /papaparse/ }),
      isolateLit(join(ROOT, 'widget/pinned/policy.ts')),
      replaceDynamicImports(),
      replaceStaticImports(),
      insertIntegrity(),
    ],
  };
}

function readVersion(): string {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
}

/** Returns a placeholder that is as long as the hash, so that source maps stay correct. */
function getPlaceholder(part: string): string {
  return `sha384-${part.padEnd(64, '_')}`;
}

/** Makes dynamic imports static, except those of the parts' modules, which wait until the browser has checked the part. */
function replaceDynamicImports(): Plugin {
  const loads = new Map(Object.entries(PARTS).flatMap(([part, loader]) => listModules(part, loader)));
  return {
    name: 'replace-dynamic-imports',
    transform: {
      filter: { id: { include: /\/widget\/.*\.ts$/, exclude: LOADERS }, code: /\bimport\("\.{1,2}\// },
      handler(code) {
        const imports = [`import { ${Object.values(PARTS)} } from ${JSON.stringify(LOADERS)};`];
        const replaced = code.replaceAll(DYNAMIC_IMPORT, (expression, path: string) => {
          // The pinned file has no polyfill. Its code never runs this import.
          if (path === './polyfill.ts') return expression;
          const load = loads.get(basename(path));
          if (load) return load;
          const name = `module${imports.length}`;
          imports.push(`import * as ${name} from ${JSON.stringify(path)};`);
          return `Promise.resolve(${name})`;
        });
        return { code: [...imports, replaced].join('\n'), map: null };
      },
    },
  };
}

/** Returns the modules that a part exports, and the code that loads each of them. */
function listModules(part: string, loader: string): [file: string, code: string][] {
  const code = readFileSync(join(ROOT, `widget/pinned/${part}.ts`), 'utf8');
  const exported = [...code.matchAll(/export \* as (\w+) from '.*\/(.+)'/g)];
  return exported.map(([, name, file = '']) => [file, `${loader}().then(({ ${name} }) => ${name})`]);
}

/**
 * Passes exports between the files in an object. A server could redirect a static import to a file that the browser
 * would not check. Keeps the lines, so that source maps stay correct.
 */
function replaceStaticImports(): Plugin {
  return {
    name: 'replace-static-imports',
    renderChunk(code, { isEntry, fileName }) {
      const replaced = code
        .replace(IMPORT_STATEMENT, (_, names: string, file: string) => {
          return `const {${names.replaceAll(' as ', ': ')}} = chunkExports["${basename(file)}"];`;
        })
        .replace(EXPORT_STATEMENT, (_, names: string) => {
          const exported = names.split(',').map((name) => name.trim().split(' as ').reverse().join(': '));
          return `${isEntry ? '' : 'return '}chunkExports["${basename(fileName)}"] = {${exported}};`;
        });
      if (!isEntry) return { code: `export default (chunkExports) => {${replaced}\n};`, map: null };
      const loading = replaced.replaceAll(DYNAMIC_IMPORT, '$&.then((part) => part.default(chunkExports))');
      return { code: `const chunkExports = {};${loading}`, map: null };
    },
  };
}

/** Inserts the hashes of the parts into the module, and checks that nothing else would be loaded. */
function insertIntegrity(): Plugin {
  return {
    name: 'insert-integrity',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const module = chunks.find(({ isEntry }) => isEntry) as Rolldown.OutputChunk;
      const allowed = new Set<string>();
      for (const name of [module.name, ...Object.keys(PARTS)]) {
        const chunk = chunks.find((output) => output.name === name);
        const others = chunk?.imports.filter((file) => !allowed.has(file));
        if (!chunk || others?.length) this.error(`The chunk ${name} is missing, or it needs ${others}.`);
        const { staticImports } = parseSync(chunk.fileName, chunk.code).module;
        if (staticImports.length) this.error(`The chunk ${name} imports a file, which the browser would not check.`);
        allowed.add(chunk.fileName);
        if (chunk === module) continue;
        const integrity = hashContent(chunk.code);
        module.code = module.code.replace(getPlaceholder(name), integrity);
        if (!module.code.includes(integrity)) this.error(`The module lacks the hash of ${chunk.fileName}.`);
      }
      const unknown = chunks.filter(({ fileName }) => !allowed.has(fileName)).flatMap(({ moduleIds }) => moduleIds);
      if (unknown.length) this.error(`Neither the module nor a part contains ${unknown}.`);
    },
  };
}
