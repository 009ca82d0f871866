/**
 * Builds the widget into `dist/widget/`: `embed.js` under a name that never changes, everything else under the hash of
 * its content. The proxy serves the first at `/embed.js` and the rest under `/widget/`.
 */
import { basename } from 'node:path';
import { minify as minifyAgain } from 'terser';
import { defineConfig, minify, type Plugin } from 'vite';

const LOADER = 'embed.js';
/** The tag that the loader runs from; of a module the browser does not say it. */
const SCRIPT = `document.currentScript??document.querySelector('script[type=module][src$="/${LOADER}"]')`;
/** What is loaded by itself: the loader, what only some browsers, tabs, elements or companies need, what a result brings, and all of the inbox. */
const INBOX = ['util/page-lifecycle', 'sync/(inbox|paginated-list)', 'components/keyed-list'];
const APART = [
  'elements/evalon-(?!assessments)',
  'embed',
  'polyfill',
  'strings/en/(?!common|invite-retry)',
  '(components/report|sign-in)/',
  ...INBOX,
].join('|');
const SHARED = new RegExp(`/(lit|@lit|lit-[a-z]+|contract)/(?!polyfill)|/widget/(?!${APART})`);

/** What no template of ours may have, because Lit is built without it. */
const NOT_IN_TEMPLATES = /lit\/(async-)?directive|\s\?[\w-]+=\$\{|<!--|<(textarea|title|style|script)\b[^>]*>[^<]*\$\{/;

/** By file of Lit: what can go, and what takes its place. */
const UNUSED_IN_LIT: Record<string, [unused: RegExp, instead?: string][]> = {
  'lit-html.js': [
    // Templates of SVG and MathML alone, and those that a compiler has made.
    [/2===i\?"<svg>":3===i\?"<math>":""/, '""'],
    [/\+\(2===i\?"<\/svg>":3===i\?"<\/math>":""\)/],
    [/if\(this\.el=S.*?,2===i\|\|3===i\)\{.*?\}/, 'this.el=S.createElement(f,e),P.currentNode=this.el.content;'],
    [/\{values:i,_\$litType\$:s\}=t,e="number"==typeof s.*?,s\);/, '{values:i}=t,e=this._$AC(t);'],
    // Directives.
    [/function M\(t,i,s=t,e\)\{.*?\}(?=class R)/, 'const M=(t,i)=>i;'],
    [/get parentNode\(\)\{return this\._\$AM\.parentNode\}get _\$AU\(\)\{.*?\}(?=u\(t\))/],
    [/get _\$AU\(\)\{[^}]*\}(?=constructor\(t,i,s,e\))/],
    [/,this\._\$Cv=e\?\.isConnected\?\?!0/],
    [/get parentNode\(\)\{let t=.*?get endNode\(\)\{.*?\}/],
    [/this\._\$AP\?\.\(!1,!0,s\);/, ';'],
    [/setConnected\(t\)\{.*?\}(?=\}class H)/],
    [/get tagName\(\)\{.*?\}get _\$AU\(\)\{.*?\}/],
    // Values in the place of attributes, in comments, and in elements that hold text alone; boolean attributes.
    [/else t\.startsWith\(o\)&&\(d\.push\(\{type:6,index:l\}\),r\.removeAttribute\(t\)\)/],
    [
      /1===r\.type\?(i=new r\.ctor\([^)]*\)):6===r\.type&&\(i=new Z\(h,this,t\)\)/,
      'i=new r.ctor(h,r.name,r.strings,this,t)',
    ],
    [/class Z\{.*?const j=.*?,B=/, 'const B='],
    [/j as _\$LH,/],
    [/else\{let t=-1;.*?t\+=o\.length-1\}/],
    [/"!--"===u\[1\]\?c=_:/],
    [/if\(y\.test\(r\.tagName\)\)\{.*?r\.append\(t\[i\],c\(\)\)\}\}/],
    [/y\.test\(u\[2\]\)&&\(n=RegExp\("<\/"\+u\[2\],"g"\)\),/],
    [/"\?"===e\[1\]\?L:/],
    [/class L extends H\{.*?\}\}(?=class z)/],
    // Listeners that are no functions.
    [/\|\|t\.capture!==s\.capture\|\|t\.once!==s\.once\|\|t\.passive!==s\.passive/],
    [
      /"function"==typeof this\._\$AH\?(.*?):this\._\$AH\.handleEvent\(t\)/,
      'this._$AH.call(this.options?.host??this.element,t)',
    ],
    // What other copies of Lit and its polyfill would like to know.
    [/B=t\.litHtmlPolyfillSupport;B\?\.\(S,k\),.*?;/, 'B=0;'],
  ],
};

export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/widget',
    target: 'es2022',
    sourcemap: 'hidden',
    // As a library, or Vite would put its preloading in front of every import().
    lib: { entry: { embed: 'widget/embed.ts' }, formats: ['es'] },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: {
        minify: false,
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash:6].js',
        comments: false,
        generatedCode: { symbols: false },
        // One chunk for the panel and all that the elements share, so that a profile page needs no other before a result.
        codeSplitting: { groups: [{ name: 'ui', test: SHARED }] },
        postBanner: ({ fileName }) => (fileName === LOADER ? `(()=>{const $script=${SCRIPT};` : ''),
        postFooter: ({ fileName }) => (fileName === LOADER ? '})();' : ''),
      },
    },
  },
  plugins: [
    slimTemplates(),
    slimLit(),
    trustedTypesPolicy('evalon-widget'),
    terse(),
    plainExports('ui'),
    classicLoader(),
  ],
});

/** Two copies of Lit on one page must not ask for a Trusted Types policy of the same name: ours gets its own. */
function trustedTypesPolicy(name: string): Plugin {
  const found = /createPolicy\("lit-html"/g;
  let renamed = 0;
  return {
    name: 'trusted-types-policy',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/lit-html/') || !code.match(found)) return null;
      renamed++;
      return { code: code.replaceAll(found, `createPolicy("${name}"`), map: null };
    },
    buildEnd(error) {
      if (!error && renamed !== 1) this.error(`Renamed ${renamed} Trusted Types policies of Lit instead of 1.`);
    },
  };
}

/**
 * The loader is a classic script at the root of the proxy: its names stay its own, and it names its chunks by their
 * whole address, because a script from another origin has `about:blank` as its base.
 */
function classicLoader(): Plugin {
  return {
    name: 'classic-loader',
    apply: 'build',
    generateBundle(_options, bundle) {
      const loader = bundle[LOADER];
      if (loader?.type !== 'chunk') return this.error(`${LOADER} is not there.`);
      if (loader.imports.length || loader.exports.length) {
        return this.error(`${LOADER} must neither import nor export: it is a classic script.`);
      }
      for (const chunk of loader.dynamicImports) {
        const found = loader.code.replace(`import("./${chunk}")`, `import(new URL('widget/${chunk}',$script.src))`);
        if (found === loader.code) return this.error(`${LOADER} does not import ${chunk} as expected.`);
        loader.code = found;
      }
    },
  };
}

/** Terser after the bundler's own minifier: together they take 2 % more than either alone. */
function terse(): Plugin {
  return {
    name: 'terse',
    apply: 'build',
    async renderChunk(rendered, { name, fileName }) {
      const first = await minify(fileName, rendered, { module: true, sourcemap: true });
      // Nobody's page needs them, and they are large.
      if (name.startsWith('polyfill')) return { code: first.code, map: first.map ?? null };
      const { code = '', map } = await minifyAgain(first.code, {
        module: true,
        ecma: 2020,
        compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, keep_fargs: false },
        format: { ecma: 2020, comments: false },
        sourceMap: { content: JSON.stringify(first.map) },
      });
      return { code, map: map as string };
    },
  };
}

/** What other chunks take of this one goes by the name that it has inside: `export{it}` is shorter than `export{it as B}`. */
function plainExports(name: string): Plugin {
  return {
    name: 'plain-exports',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const chunk = chunks.find((one) => one.name === name);
      const [list = '', exported = ''] = /export\{([^}]*)\};\s*$/.exec(chunk?.code ?? '') ?? [];
      if (!chunk || !exported) return this.error(`${name} has no exports at its end.`);
      const inside = new Map(
        exported.split(',').map((one) => {
          const [ours = '', theirs = ours] = one.split(' as ');
          return [theirs, ours];
        }),
      );
      chunk.code = chunk.code.replace(list, () => `export{${[...inside.values()]}};\n`);
      for (const other of chunks.filter(({ imports }) => imports.includes(chunk.fileName))) {
        other.code = other.code.replace(
          new RegExp(`import\\{([^}]*)\\}(?=from"\\./${chunk.fileName}")`),
          (_, names: string) => {
            const renamed = names
              .split(',')
              .map((one) => one.split(' as '))
              .map(([theirs = '', ours = theirs]) => `${inside.get(theirs)} as ${ours}`);
            return `import{${renamed}}`;
          },
        );
      }
    },
  };
}

/** Indentation inside templates and style sheets is for whoever reads the source. */
function slimTemplates(): Plugin {
  return {
    name: 'slim-templates',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/widget/')) return null;
      const [unserved] = NOT_IN_TEMPLATES.exec(code) ?? [];
      if (unserved) this.error(`Lit is built without what this needs: ${unserved} in ${id}`);
      const slim = code
        .replaceAll(/css`[^`]*`/g, (sheet) =>
          sheet
            .replaceAll(/\s+/g, ' ')
            .replaceAll(/ ?([{};,>`/]) ?/g, '$1')
            .replaceAll(/(?<=: |\()0(?=\.)/g, '')
            .replaceAll(': ', ':')
            .replaceAll(';}', '}'),
        )
        // Between elements a line's end is no more than that: none of ours are words of one sentence.
        .replaceAll(/([>}])\n\s+(?=[<>]|\$\{)/g, '$1')
        .replaceAll(/\n\s+>/g, '>')
        .replaceAll(/\n\s+(?=[<>]|\$\{|[@\w-]+=["$])/g, ' ');
      return { code: slim, map: null };
    },
  };
}

/** Lit without what no template of ours has: 500 bytes less. */
function slimLit(): Plugin {
  return {
    name: 'slim-lit',
    apply: 'build',
    transform(code, id) {
      if (!/\/(@lit|lit-[a-z]+)\//.test(id)) return null;
      let slim = code
        .replaceAll(/Error\("[^)]*"\)/g, 'Error()')
        .replaceAll(/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g, '0');
      for (const [part, instead = ''] of UNUSED_IN_LIT[basename(id)] ?? []) {
        const before = slim;
        slim = slim.replace(part, () => instead);
        if (slim === before) this.error(`Lit has changed: ${part} is not in ${basename(id)} any more.`);
      }
      return { code: slim, map: null };
    },
  };
}
