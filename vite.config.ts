/**
 * Builds the widget in English, or what the mode says: a language such as `de`, the `pinned` file, the English script
 * of the `result-page`, a part of the extension (`extension`, `content`), or a pseudo-language for the gallery (`pseudo-long`).
 */
import commonjsPlugin from '@rollup/plugin-commonjs';
import { defineConfig, mergeConfig, type UserConfig } from 'vite';
import { isolateLit } from './.config/isolate-lit.ts';
import { pinnedFile } from './.config/pinned-file.ts';
import { translateToPseudoLanguage } from './.config/pseudo-languages.ts';
import { extension } from './.config/vite-extension.ts';
import { LOCALES, type Locale } from './proxy/contract/locales.ts';
import { PSEUDO_LANGUAGES } from './proxy/sandbox/gallery/story.ts';

// The package's types wrongly describe its default export as a namespace.
const commonjs = commonjsPlugin as unknown as typeof commonjsPlugin.default;
const RESULT_PAGE = 'widget/result-page/result-page.ts';
const CHUNKS = { chunkFileNames: 'widget/[name]-[hash:6].js', hashCharacters: 'hex' } as const;
const OUTPUT = { minify: true, comments: false, ...CHUNKS } as const;

export default defineConfig(({ mode }) => {
  if (mode === 'result-page') return resultPage();
  if (mode === 'pinned') return pinnedFile();
  if (mode === 'extension' || mode === 'content') return extension(mode);
  const pseudoLanguage = PSEUDO_LANGUAGES.find((language) => mode === `pseudo-${language}`);
  if (LOCALES.includes(mode as Locale)) return translation(mode);
  const english = widget({ embed: 'widget/embed.ts' });
  return pseudoLanguage ? mergeConfig(english, { plugins: [translateToPseudoLanguage(pseudoLanguage)] }) : english;
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

/** The elements and the result page in another language: takes its texts in place of the English ones. */
function translation(locale: string): UserConfig {
  const config = widget({
    [`languages/${locale}`]: 'widget/elements/loaders.ts',
    [`result-page/${locale}`]: RESULT_PAGE,
  });
  const chunkFileNames = `widget/${locale}/[name]-[hash:6].js`;
  return mergeConfig(config, {
    resolve: { alias: [{ find: /\/en\//, replacement: `/${locale}/` }] },
    // The source maps of the English elements also explain these.
    build: { emptyOutDir: false, sourcemap: false, rolldownOptions: { output: { chunkFileNames } } },
  });
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
      lib: { entry: { 'result-page/en': RESULT_PAGE }, formats: ['es'] },
      rolldownOptions: { output: { ...OUTPUT, codeSplitting: false } },
    },
    plugins: [isolateLit()],
  };
}
