/**
 * Builds the widget in English; with a language as the mode, such as `--mode de`, in that language; with `--mode
 * pinned`, the file that pages load with `integrity`; with `--mode result-page`, the script of the page of one result;
 * with `--mode extension` and `--mode content`, the parts of the browser extension; with `--mode pseudo-long` and
 * `--mode pseudo-mirrored`, the widget in a pseudo-language for the gallery.
 */
import { join } from 'node:path';
import commonjsPlugin from '@rollup/plugin-commonjs';
import { defineConfig, loadEnv, mergeConfig, type Plugin, transformWithOxc, type UserConfig } from 'vite';
import { addExtensionFiles } from './.config/extension-files.ts';
import { PINNED_CONFIG, PINNED_ENTRY } from './.config/pinned-file.ts';
import { translateToPseudoLanguage } from './.config/pseudo-languages.ts';
import { BUILT_IN_ADAPTERS } from './proxy/contract/built-in-page-adapters.ts';
import { LOCALES, type Locale } from './proxy/contract/locales.ts';
import { PSEUDO_LANGUAGES } from './proxy/sandbox/gallery/story.ts';
import { validateProxyUrl } from './widget/extension/manifest.ts';

const ROOT = import.meta.dirname;
// The package's types wrongly describe its default export as a namespace.
const commonjs = commonjsPlugin as unknown as typeof commonjsPlugin.default;
const EXTENSION = join(ROOT, 'widget/extension');
const OUTPUT = {
  minify: true,
  comments: false,
  chunkFileNames: 'widget/[name]-[hash:6].js',
  hashCharacters: 'hex',
} as const;

/** How Lit creates its Trusted Types policy. */
const LIT_POLICY = /\w\?\w\.createPolicy\("lit-html",\{createHTML:\w=>\w\}\):void 0/;

export default defineConfig(({ mode }) => {
  if (mode === 'result-page') return resultPage();
  if (mode === 'pinned') return pinned();
  if (mode === 'extension' || mode === 'content') return extension(mode);
  const pseudoLanguage = PSEUDO_LANGUAGES.find((language) => mode === `pseudo-${language}`);
  if (pseudoLanguage) return pseudoTranslation(pseudoLanguage);
  return LOCALES.includes(mode as Locale) ? translation(mode) : widget({ embed: 'widget/embed.ts' });
});

function widget(entry: Record<string, string>): UserConfig {
  // The panel and everything it imports form one chunk, which the other elements share.
  const panel = { name: 'panel', test: /\/widget\/elements\/evalon-assessments\/evalon-assessments\.ts$/ };
  return {
    publicDir: false,
    build: {
      outDir: 'dist/widget',
      target: 'es2022',
      sourcemap: 'hidden',
      lib: { entry, formats: ['es'] },
      rolldownOptions: {
        checks: { preferBuiltinFeature: false, bundlerTimings: false },
        output: { ...OUTPUT, codeSplitting: { groups: [panel] } },
      },
    },
    // PapaParse is not an ES module. Without this plugin, the panel would import helpers for it.
    plugins: [commonjs({ include: /papaparse/ }), isolateLit()],
  };
}

/** The elements in another language: takes its texts in place of the English ones. */
function translation(locale: string): UserConfig {
  const config = widget({ [`languages/${locale}`]: 'widget/elements/loaders.ts' });
  const chunkFileNames = `widget/${locale}/[name]-[hash:6].js`;
  return mergeConfig(config, {
    resolve: { alias: [{ find: /\/en\//, replacement: `/${locale}/` }] },
    build: { emptyOutDir: false, rolldownOptions: { output: { chunkFileNames } } },
  });
}

function pseudoTranslation(language: (typeof PSEUDO_LANGUAGES)[number]): UserConfig {
  return mergeConfig(widget({ embed: 'widget/embed.ts' }), { plugins: [translateToPseudoLanguage(language)] });
}

/** One file, so that the widget's chunks stay as they are. */
function resultPage(): UserConfig {
  return {
    publicDir: false,
    build: {
      outDir: 'dist/widget',
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: 'hidden',
      lib: { entry: { 'result-page': 'widget/result-page/result-page.ts' }, formats: ['es'] },
      rolldownOptions: { output: { ...OUTPUT, codeSplitting: false } },
    },
    plugins: [isolateLit()],
  };
}

/** The elements in English: a module, and its parts. */
function pinned(): UserConfig {
  const config: UserConfig = {
    publicDir: false,
    build: {
      outDir: 'dist/widget',
      target: 'es2022',
      sourcemap: 'hidden',
      lib: { entry: PINNED_ENTRY, formats: ['es'] },
      rolldownOptions: {
        checks: { preferBuiltinFeature: false, bundlerTimings: false },
        output: { minify: true, comments: false },
      },
    },
    plugins: [commonjs({ include: /papaparse/ }), isolateLit(join(ROOT, 'widget/pinned/policy.ts'))],
  };
  return mergeConfig(config, PINNED_CONFIG);
}

/** Does not minify, so that reviewers can read the extension. */
function extension(mode: 'extension' | 'content'): UserConfig {
  const proxyUrl = validateProxyUrl(loadEnv(mode, ROOT, 'EXTENSION_')['EXTENSION_PROXY_URL'] ?? '');
  const names = mode === 'content' ? ['content'] : ['background', 'options', 'panel'];
  const entry = names.map((name) => join(EXTENSION, `${name}.ts`));
  return {
    publicDir: false,
    define: { PROXY_URL: JSON.stringify(proxyUrl), ADAPTERS: JSON.stringify(BUILT_IN_ADAPTERS) },
    build: {
      outDir: 'dist/extension',
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: { entry, formats: [mode === 'content' ? 'iife' : 'es'], name: 'content' },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' } },
    },
    plugins: mode === 'content' ? [] : [isolateLit(), addExtensionFiles(proxyUrl)],
  };
}

/**
 * Isolates this copy of Lit from the page. Renames Lit's Trusted Types policy, because the page may have its own copy of
 * Lit. Replaces Lit's `document` and shields its global variables, because elements of the page could shadow them.
 * @param policyModule exports the policy. By default, Lit creates it.
 */
function isolateLit(policyModule?: string): Plugin {
  const inject: Record<string, [string, string]> = {
    document: [join(ROOT, 'widget/util/template-document.ts'), 'templateDocument'],
  };
  const shield = `import ${JSON.stringify(join(ROOT, 'widget/util/shield-globals.ts'))};\n`;
  return {
    name: 'isolate-lit',
    transform: {
      filter: { id: /\/node_modules\/.*\/(lit-html|lit-element|reactive-element|css-tag)\.js$/ },
      handler(code, id) {
        if (!id.endsWith('/lit-html.js')) return { code: shield + code, map: null };
        const renamed = policyModule
          ? code.replace(LIT_POLICY, 'policy')
          : code.replace('createPolicy("lit-html"', 'createPolicy("evalon-widget"');
        if (renamed === code) this.error('Lit no longer creates the Trusted Types policy "lit-html".');
        const imports = policyModule ? `import { policy } from ${JSON.stringify(policyModule)};\n` : '';
        return transformWithOxc(shield + imports + renamed, id, { inject });
      },
    },
  };
}
