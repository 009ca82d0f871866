/** Serves one HTML page on its own origin, and mints tokens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mintToken } from './token.ts';

export interface StaticSite {
  url: string;
  html: string;
  /** The `Content-Security-Policy` header; empty for none. */
  csp: string;
  close(): Promise<void>;
}

export async function startStaticSite(): Promise<StaticSite> {
  const server = createServer((request, response) => {
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: StaticSite = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    html: '',
    csp: '',
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return site;
}
