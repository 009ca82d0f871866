/** Serves the built files of an example, and mints tokens. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { mintToken } from './token.ts';

export interface BuiltSite {
  url: string;
  /** The folder to serve. A test sets it before the first request. */
  folder: string;
  close(): void;
}

export async function startBuiltSite(): Promise<BuiltSite> {
  const app = express();
  app.post('/evalon-token', async (_request, response) => void response.json({ token: await mintToken() }));
  app.use((request, response, next) => express.static(site.folder)(request, response, next));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const site: BuiltSite = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    folder: '',
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}
