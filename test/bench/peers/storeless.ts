/** The proxy itself, with all its checks, but a webhook is acknowledged as soon as it was read: nothing is stored. */
import { createServer } from 'node:http';
import { createApp } from '../../../proxy/app.ts';
import { readConfig } from '../../../proxy/config/config.ts';
import { createContext } from '../../../proxy/context.ts';
import { parseWebhook } from '../../../proxy/webhooks/receive.ts';
import { listenOnFreePort } from './peer-server.ts';

const context = await createContext(readConfig(), 'http://127.0.0.1');
listenOnFreePort(
  createServer(
    createApp({ ...context, receiveWebhook: async (body, id) => void parseWebhook(body, id, context.clock) }),
  ),
);
