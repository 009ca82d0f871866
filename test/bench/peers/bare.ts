/** The least that can be written on node:http: an index from candidate to answers, and a loop of writes. */
import { createServer, type ServerResponse } from 'node:http';
import { listenOnFreePort, readJsonBody } from './peer-server.ts';

const answersOf = new Map<string, Set<ServerResponse>>();
let id = 0;

listenOnFreePort(
  createServer(async (request, response) => {
    const body = await readJsonBody(request);
    if (request.url === '/publish') {
      id += 1;
      const frame = Buffer.from(`id: ${id}\nevent: session\ndata: ${JSON.stringify(body)}\n\n`);
      for (const answer of answersOf.get(body.candidate_email) ?? []) answer.write(frame);
      response.writeHead(202).end();
      return;
    }
    const keys: string[] = body.candidates.map((row: { candidate_email: string }) => row.candidate_email);
    for (const key of keys) answersOf.set(key, (answersOf.get(key) ?? new Set()).add(response));
    response.once('close', () => {
      for (const key of keys) answersOf.get(key)?.delete(response);
    });
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(':\n\n');
  }),
);
