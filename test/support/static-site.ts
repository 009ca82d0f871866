/** Serves one HTML page on its own origin, and mints tokens. */
import { type HttpServer, startHttpServer } from './http-server.ts';
import { mintToken } from './token.ts';

export interface StaticSite extends HttpServer {
  html: string;
  /** The `Content-Security-Policy` header; empty for none. */
  csp: string;
}

export async function startStaticSite(): Promise<StaticSite> {
  const { url, close } = await startHttpServer((request, response) => {
    if (request.method === 'POST' && request.url === '/evalon-token') {
      mintToken().then((token) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
      });
      return;
    }
    if (request.url !== '/') return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(site.csp && { 'content-security-policy': site.csp }),
    });
    response.end(site.html);
  });
  const site: StaticSite = { url, html: '', csp: '', close };
  return site;
}
