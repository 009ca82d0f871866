/** The proxy itself, with all its checks, but a webhook is acknowledged as soon as it was read: nothing is stored. */
import { createServer } from 'node:http';
import { createApp } from '../../../proxy/app.ts';
import { readConfig } from '../../../proxy/config/config.ts';
import { createContext } from '../../../proxy/context.ts';
import { readWebhook } from '../../../proxy/webhooks/receive.ts';
import { serve } from './peer-server.ts';

const context = await createContext(readConfig(), 'http://127.0.0.1');
serve(createServer(createApp({ ...context, receive: async (body, id) => void readWebhook(body, id, context.clock) })));
