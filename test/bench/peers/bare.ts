/** The minimal SSE server on node:http: an index of responses by candidate, and a loop of writes. */
import { createServer, type ServerResponse } from 'node:http';
import { listenOnFreePort, readJsonBody } from './peer-server.ts';

const responsesByCandidate = new Map<string, Set<ServerResponse>>();
let id = 0;

listenOnFreePort(
  createServer(async (request, response) => {
    const body = await readJsonBody(request);
    if (request.url === '/publish') {
      id += 1;
      const frame = Buffer.from(`id: ${id}\nevent: session\ndata: ${JSON.stringify(body)}\n\n`);
      for (const client of responsesByCandidate.get(body.candidate_email) ?? []) client.write(frame);
      response.writeHead(202).end();
      return;
    }
    const keys: string[] = body.candidates.map((row: { candidate_email: string }) => row.candidate_email);
    for (const key of keys) responsesByCandidate.set(key, (responsesByCandidate.get(key) ?? new Set()).add(response));
    response.once('close', () => {
      for (const key of keys) responsesByCandidate.get(key)?.delete(response);
    });
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(':\n\n');
  }),
);
