/** Runs the proxy with all its checks but without storing webhooks. It acknowledges a webhook once it is parsed. */
import { createServer } from 'node:http';
import { createApp } from '../../../proxy/app.ts';
import { readConfig } from '../../../proxy/config/config.ts';
import { createContext } from '../../../proxy/context.ts';
import { createFieldMap } from '../../../proxy/evalon/field-map.ts';
import { decodeBody, parseWebhookText } from '../../../proxy/webhooks/parse-body.ts';
import { listenOnFreePort } from './peer-server.ts';

const fieldMap = createFieldMap();
const context = await createContext(readConfig(), 'http://127.0.0.1');
listenOnFreePort(
  createServer(
    createApp({
      ...context,
      async receiveWebhook(body, webhookId, charset = 'utf-8') {
        const delivery = { webhookId, receivedAt: context.clock.now() };
        parseWebhookText(decodeBody(body, charset), delivery, fieldMap);
      },
    }),
  ),
);
