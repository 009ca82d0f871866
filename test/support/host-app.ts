/** A company's own ATS on its own origin: a page with the documented script tag, and a backend that mints tokens. */
import { startHttpServer } from './http-server.ts';
import { mintToken, type TokenClaims } from './token.ts';

export interface TestAts {
  /** The origin, for ALLOWED_ORIGINS. */
  url: string;
  /** The proxy whose script the page loads. */
  proxyUrl: string;
  /** Claims of the minted tokens. */
  claims: TokenClaims;
  tokensMinted: number;
  /** The browser's reports about violations of the CSP. */
  cspReports: string[];
  /** The language of the page. */
  lang: string;
  /** HTML of the body. */
  body: string;
  /** HTML before the script tag. */
  head: string;
  /** The path of the proxy's script. */
  scriptPath: string;
  scriptAttributes: string;
  /** Response headers, in addition to Content-Security-Policy. */
  headers: Record<string, string>;
  /** The last part of the body. The response stays open until this resolves. */
  bodyTail: Promise<string>;
  close(): Promise<void>;
}

export const PANEL_HTML = `<evalon-assessments candidate-email="jane@example.com" candidate-name="Jane Smith"
  project-id="proj_abc123"></evalon-assessments>`;

export async function startAts(body = PANEL_HTML): Promise<TestAts> {
  const { url, close } = await startHttpServer((request, response) => {
    if (request.method === 'POST' && request.url === '/evalon-token') {
      ats.tokensMinted += 1;
      mintToken(ats.claims).then((token) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
      });
      return;
    }
    if (request.method === 'POST' && request.url === '/policy-reports') {
      request.setEncoding('utf8').on('data', (report) => ats.cspReports.push(report));
      response.writeHead(204).end();
      return;
    }
    if (request.url !== '/') {
      response.writeHead(404, { 'content-type': 'text/html' }).end('Not found');
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...ats.headers,
      // The strictest CSP that the documentation supports.
      'content-security-policy': [
        "default-src 'none'",
        `script-src ${ats.proxyUrl}`,
        `connect-src 'self' ${ats.proxyUrl}`,
        "style-src 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types evalon-widget',
        'report-uri /policy-reports',
      ].join('; '),
    });
    response.write(`<!doctype html><html lang="${ats.lang}"><head><meta charset="utf-8"><title>ATS</title>${ats.head}
      <script type="module" src="${ats.proxyUrl}${ats.scriptPath}" ${ats.scriptAttributes}></script>
      </head><body>${ats.body}`);
    void ats.bodyTail.then((end) => response.end(`${end}</body></html>`));
  });
  const ats: TestAts = {
    url,
    proxyUrl: '',
    claims: {},
    tokensMinted: 0,
    cspReports: [],
    lang: 'en',
    body,
    head: '',
    scriptPath: '/embed.js',
    scriptAttributes: 'data-token-url="/evalon-token"',
    headers: {},
    bodyTail: Promise.resolve(''),
    close,
  };
  return ats;
}
