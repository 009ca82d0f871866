/**
 * Bundles small apps with the real frameworks, and serves each at `/<name>/`. The docs contain their `candidate` files.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build, type InlineConfig } from 'vite';
import { type HttpServer, startHttpServer } from '../http-server.ts';
import { mintToken } from '../token.ts';

interface HostApp {
  /** The file that the docs show. */
  component: string;
  main: string;
  config?: InlineConfig;
}

export const HOST_APPS = {
  'react-19': { component: 'candidate.jsx', main: 'main.jsx' },
  'react-18': {
    component: 'candidate.jsx',
    main: 'main.jsx',
    config: { resolve: { alias: { react: 'react-18', 'react-dom': 'react-dom-18' } } },
  },
  vue: {
    component: 'Candidate.vue',
    main: 'main.js',
    config: {
      plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('evalon-') } } })],
    },
  },
  angular: { component: 'candidate.ts', main: 'main.ts' },
  svelte: {
    component: 'Candidate.svelte',
    main: 'main.svelte.js',
    config: { plugins: [svelte({ configFile: false })] },
  },
  htmx: { component: 'candidate.html', main: 'main.js' },
  turbo: { component: 'candidate.html', main: 'main.js' },
  html: { component: 'candidate.html', main: 'main.js' },
} satisfies Record<string, HostApp>;

export type HostAppName = keyof typeof HOST_APPS;

const FOLDER = import.meta.dirname;
const require = createRequire(import.meta.url);

interface Library {
  path: string;
  /** Globals to remove first, so that the library replaces them. */
  removed?: string[];
}

/** Libraries that change the browser's own objects. `/html/?library=<name>` loads one as a classic script. */
export const LIBRARIES: Record<string, Library> = {
  mootools: { path: require.resolve('mootools') },
  'zone.js': { path: require.resolve('zone.js') },
  'core-js 2': { path: require.resolve('core-js-2/client/shim.js'), removed: ['Promise', 'Map', 'Set', 'WeakMap'] },
  'whatwg-fetch': { path: require.resolve('whatwg-fetch/dist/fetch.umd.js'), removed: ['fetch'] },
  'prototype 1.6': { path: join(FOLDER, 'prototype-1.6.js') },
  'Object.prototype.toJSON': { path: join(FOLDER, 'object-to-json.js') },
};

/** Reads the file that the docs show. */
export function readComponent(name: HostAppName): string {
  return readFileSync(join(FOLDER, name, HOST_APPS[name].component), 'utf8');
}

async function bundle(name: HostAppName): Promise<string> {
  const { main, config }: HostApp = HOST_APPS[name];
  const input = join(FOLDER, name, main);
  const result = await build({
    configFile: false,
    root: FOLDER,
    logLevel: 'error',
    ...config,
    build: { write: false, target: 'es2022', rolldownOptions: { input, output: { codeSplitting: false } } },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error(`Vite has not built ${name}`);
  return output.output[0].code;
}

/** Renders the HTML that a server would send for the candidate in the query. */
function renderCandidate(name: HostAppName, query: URLSearchParams): string {
  const [email, candidateName] = [query.get('email'), query.get('name')];
  if (!email || !candidateName || !HOST_APPS[name].component.endsWith('.html')) return '';
  return readComponent(name).replace('jane@example.com', email).replace('Jane Smith', candidateName);
}

function readLibrary(name: string): string {
  const library = LIBRARIES[name];
  if (!library) throw new Error(`unknown library ${name}`);
  const removals = (library.removed ?? []).map((global) => `window.${global} = undefined;`);
  return [...removals, readFileSync(library.path, 'utf8')].join('\n');
}

export async function startHostApps(): Promise<HttpServer> {
  const bundles = new Map<HostAppName, Promise<string>>();

  async function respond(path: string, query: URLSearchParams): Promise<[type: string, text: string] | undefined> {
    const [, name = '', file = ''] = path.split('/');
    if (name === 'library') return ['text/javascript', readLibrary(decodeURIComponent(file))];
    if (!isHostApp(name)) return undefined;
    if (file === 'candidate') return ['text/html; charset=utf-8', renderCandidate(name, query)];
    if (file === 'main.js') {
      if (!bundles.has(name)) bundles.set(name, bundle(name));
      return ['text/javascript', (await bundles.get(name)) ?? ''];
    }
    const body = `<main id="app">${renderCandidate(name, query)}</main>`;
    const library = query.get('library');
    const script = library ? `<script src="/library/${library}"></script>` : '';
    const head = `<meta charset="utf-8"><title>ATS</title><link rel="icon" href="data:,">${script}`;
    return [
      'text/html; charset=utf-8',
      `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`,
    ];
  }

  return startHttpServer(async ({ method, url = '/' }, response) => {
    if (method === 'POST' && url === '/evalon-token') {
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ token: await mintToken() }));
    }
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    const found = await respond(pathname, searchParams);
    if (!found) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found[0] }).end(found[1]);
  });
}

function isHostApp(name: string): name is HostAppName {
  return Object.hasOwn(HOST_APPS, name);
}
