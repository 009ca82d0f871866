import type { Plugin } from 'vite';

/** A `css` template. It may contain other styles, but no backtick. */
const TEMPLATE = /\bcss`[^`]*`/g;

/** Removes comments and unneeded spaces from the `css` templates. The minifier of JavaScript keeps the text of templates. */
export function minifyStyles(): Plugin {
  return {
    name: 'minify-styles',
    transform: {
      filter: { id: /\/widget\/.*\.ts$/, code: 'css`' },
      // The line breaks move behind the template, so that the source map keeps its line numbers.
      handler: (code) => ({
        code: code.replace(TEMPLATE, (template) => minify(template) + template.replace(/[^\n]/g, '')),
        map: null,
      }),
    },
  };
}

function minify(template: string): string {
  return template
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([`{};,]) ?/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}');
}
