import { z } from 'zod';
import * as ROUTES from '../routes.ts';
import { eventsRequestSchema } from '../stream.ts';
import type { Operation } from './operation.ts';

export const EVENT_OPERATIONS: readonly Operation[] = [
  {
    id: 'streamEvents',
    method: 'post',
    path: ROUTES.events,
    tag: 'Events',
    summary: 'Stream changes',
    description:
      'A POST keeps emails and tokens out of URLs. To continue without a gap, send the `cursor` of a query or the `id` of the last frame as `Last-Event-ID`.',
    access: 'read',
    headers: z.object({ 'Last-Event-ID': z.string().optional().describe('Absent: only future events.') }),
    body: eventsRequestSchema,
    examples: [{ filter: { project_id: 'proj_abc123' } }, { candidates: [{ candidate_email: 'jane@example.com' }] }],
    responses: {
      200: {
        description:
          'Server-sent events, each a `Frame`. The proxy sends a comment at least every 15 s, and ends the stream when the token expires.',
        mediaType: 'text/event-stream',
        schema: z.string().meta({
          override: {
            contentMediaType: 'text/event-stream',
            contentSchema: { $ref: '#/components/schemas/Frame' },
          },
        }),
        example: 'id: 3f1c.42\nevent: gone\ndata: {"session_uuid":"sess_xyz789"}\n\n',
      },
    },
    problems: ['not_found'],
  },
];
