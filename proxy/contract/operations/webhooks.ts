import { z } from 'zod';
import * as ROUTES from '../routes.ts';
import type { Operation } from './operation.ts';

const signatureHeaders = z.object({
  'webhook-id': z.string().optional().describe('Identifies the webhook. A repeat has no further effect.'),
  'webhook-timestamp': z.string().optional().describe('With `EVALON_WEBHOOK_SECRET`: seconds since 1970.'),
  'webhook-signature': z
    .string()
    .optional()
    .describe('With `EVALON_WEBHOOK_SECRET`: a [Standard Webhooks](https://www.standardwebhooks.com) signature.'),
});

export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    id: 'receiveEvalonWebhook',
    method: 'post',
    path: ROUTES.webhook,
    tag: 'Webhooks',
    summary: "Receive Evalon's webhook",
    description: 'Returns 202 once the webhook is stored durably, also for a repeat or an unknown event.',
    access: 'path',
    headers: signatureHeaders,
    body: z.union([z.looseObject({}), z.array(z.unknown())]).meta({
      id: 'EvalonWebhook',
      description: "Evalon's message, at most 256 KiB.",
    }),
    examples: [
      {
        event: 'session.completed',
        session_uuid: 'sess_xyz789',
        assessment_type: 'marketing',
        score_summary: { overall: 82, sections: [] },
        completed_at: '2026-01-15T14:30:00Z',
      },
    ],
    responses: { 202: { description: 'Stored.' } },
    problems: ['unauthenticated'],
  },
  {
    id: 'checkEvalonWebhook',
    method: 'get',
    path: ROUTES.webhook,
    tag: 'Webhooks',
    summary: 'Check the webhook URL',
    access: 'path',
    query: z.object({
      challenge: z
        .string()
        .optional()
        .describe('A text that the proxy returns: at most 256 letters, digits, `_` and `-`.'),
    }),
    responses: {
      200: {
        description: 'The token is right.',
        mediaType: 'text/plain',
        schema: z.string().describe('The challenge, or empty.'),
      },
    },
    problems: ['unauthenticated'],
  },
];
