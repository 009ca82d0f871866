/** A server on npm's better-sse: all clients read one channel, without heartbeats. */
import { createServer } from 'node:http';
import { createChannel, createSession } from 'better-sse';
import { listenOnFreePort, readJsonBody } from './peer-server.ts';

const channel = createChannel();
let id = 0;

listenOnFreePort(
  createServer(async (request, response) => {
    if (request.url === '/publish') {
      id += 1;
      channel.broadcast(await readJsonBody(request), 'session', { eventId: String(id) });
      response.writeHead(202).end();
      return;
    }
    channel.register(await createSession(request, response, { keepAlive: null }));
  }),
);
