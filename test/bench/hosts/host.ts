/** Serves pages that contain only one widget, ours or another library's (a peer), and one page without a widget. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { startHttpServer } from '../../support/http-server.ts';

export interface HostPage {
  name: string;
  renderHead: (proxyUrl: string) => string;
  body: string;
  /** A selector of the element that renders last. ` >>> ` enters a shadow root. Absent for a page without a widget. */
  readySelector?: string;
}

const renderScript = (name: string) => `<script type="module" src="/${name}/host.js" async></script>`;
const renderStyleAndScript = (name: string) => `<link rel="stylesheet" href="/${name}/host.css">${renderScript(name)}`;

/** A page without a widget. The benchmark subtracts the cost of this page from the costs of the others. */
export const BARE_PAGE: HostPage = { name: 'bare', renderHead: () => '', body: '' };

export const WIDGET_PAGE: HostPage = {
  name: 'ours',
  renderHead: (proxyUrl) => `<script type="module" src="${proxyUrl}/embed.js"></script>`,
  body: `<evalon-assessments candidate-email="ines.demo@example.com" candidate-name="Ines Demo" project-id="PROJECT"></evalon-assessments>`,
  readySelector: 'evalon-assessments >>> [part=narrative]',
};

const renderSection = (name: string, score: number) =>
  `<sl-details summary="${name}"><sl-progress-bar value="${score}"></sl-progress-bar>Words about it.</sl-details>`;

export const PEER_PAGES: readonly HostPage[] = [
  {
    name: 'shoelace',
    renderHead: () => renderStyleAndScript('shoelace'),
    body: `<sl-card><div slot="header">Assessments <sl-badge variant="success">Completed</sl-badge></div>
      <sl-progress-ring value="82">82</sl-progress-ring>
      ${renderSection('Planning', 91)}${renderSection('Analysis', 84)}
      ${renderSection('Design', 58)}${renderSection('Writing', 95)}
      <sl-copy-button value="Words"></sl-copy-button> <sl-button>Print</sl-button></sl-card>`,
    readySelector: 'sl-button >>> button',
  },
  {
    name: 'media-chrome',
    renderHead: () => renderScript('media-chrome'),
    body: `<media-controller><video slot="media"></video><media-control-bar><media-play-button></media-play-button>
      <media-mute-button></media-mute-button><media-volume-range></media-volume-range><media-time-range></media-time-range>
      <media-time-display></media-time-display><media-captions-button></media-captions-button>
      <media-fullscreen-button></media-fullscreen-button></media-control-bar></media-controller>`,
    readySelector: 'media-fullscreen-button >>> slot',
  },
  {
    name: 'uppy',
    renderHead: () => renderStyleAndScript('uppy'),
    body: '<div id="widget"></div>',
    readySelector: '.uppy-Dashboard-inner',
  },
];

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Builds the peers' scripts, and serves each page at `/<name>`. */
export async function startHostPages(pages: readonly HostPage[], projectId: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-hosts-'));
  const files = new Map<string, Buffer>();
  for (const { name } of PEER_PAGES) {
    await build({
      configFile: false,
      root: import.meta.dirname,
      logLevel: 'error',
      build: {
        outDir: join(folder, name),
        modulePreload: false,
        cssCodeSplit: false,
        rolldownOptions: {
          input: join(import.meta.dirname, `${name}.ts`),
          output: {
            entryFileNames: 'host.js',
            chunkFileNames: '[name]-[hash].js',
            assetFileNames: ({ names }) =>
              names.some((file) => file.endsWith('.css')) ? 'host.css' : '[name][extname]',
          },
        },
      },
    });
    for (const file of readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }))
      if (extname(file) in TYPES) files.set(`/${name}/${file}`, readFileSync(join(folder, name, file)));
  }
  rmSync(folder, { recursive: true });

  let proxyUrl = '';
  const server = await startHttpServer((request, response) => {
    const url = request.url ?? '';
    const file = files.get(url);
    if (file) return void response.writeHead(200, { 'content-type': TYPES[extname(url)] }).end(file);
    const page = pages.find(({ name }) => url === `/${name}`);
    if (!page) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html lang="en"><head><title>ATS</title>
      <link rel="icon" href="data:,"><style>
        main { width: 420px; min-height: 640px }
        footer { height: 100px; background: silver }
        :not(:defined) { visibility: hidden }
      </style>${page.renderHead(proxyUrl)}</head>
      <body><main>${page.body.replace('PROJECT', projectId)}</main><footer></footer></body></html>`);
  });
  return {
    ...server,
    setProxyUrl(url: string) {
      proxyUrl = url;
    },
  };
}
