/** Serves the built files of an example, and mints tokens. */
import express from 'express';
import { type HttpServer, startHttpServer } from './http-server.ts';
import { mintToken } from './token.ts';

export interface BuiltSite extends HttpServer {
  /** The folder to serve. A test sets it before the first request. */
  folder: string;
}

export async function startBuiltSite(): Promise<BuiltSite> {
  const app = express();
  app.post('/evalon-token', async (_request, response) => void response.json({ token: await mintToken() }));
  app.use((request, response, next) => express.static(site.folder)(request, response, next));
  const site: BuiltSite = { ...(await startHttpServer(app)), folder: '' };
  return site;
}
