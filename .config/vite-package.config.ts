/** Builds the modules of the npm package of the widget, for bundlers. Lit stays an import, so that a page has one Lit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import commonjsPlugin from '@rollup/plugin-commonjs';
import { defineConfig } from 'vite';

// The package's types wrongly describe its default export as a namespace.
const commonjs = commonjsPlugin as unknown as typeof commonjsPlugin.default;

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));

export default defineConfig({
  mode: 'package',
  define: { PACKAGE_VERSION: JSON.stringify(version) },
  publicDir: false,
  build: {
    target: 'es2022',
    minify: false,
    lib: { entry: { index: 'widget/package/index.ts', embed: 'widget/embed.ts' }, formats: ['es'] },
    rolldownOptions: {
      external: /^lit(\/|$)/,
      checks: { preferBuiltinFeature: false, bundlerTimings: false },
      output: { chunkFileNames: 'chunks/[name]-[hash:6].js' },
    },
  },
  plugins: [commonjs({ include: /papaparse/ })],
});
