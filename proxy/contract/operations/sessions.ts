import { z } from 'zod';
import { idempotencyKeySchema } from '../batch.ts';
import { sessionQueryResponseSchema, sessionQuerySchema } from '../list.ts';
import * as ROUTES from '../routes.ts';
import { percentileSchema, scorecardSchema } from '../scorecard.ts';
import { handoverSchema, inviteSchema, sessionSchema, timelineSchema } from '../session.ts';
import { type Operation, ok } from './operation.ts';

export const SESSION_OPERATIONS: readonly Operation[] = [
  {
    id: 'inviteCandidate',
    method: 'post',
    path: ROUTES.sessions,
    tag: 'Sessions',
    summary: 'Invite a candidate',
    description: 'Idempotent: Evalon keeps one session per candidate and project.',
    access: 'invite',
    body: inviteSchema,
    examples: [
      {
        assessment_type: 'marketing',
        candidate_email: 'jane@example.com',
        candidate_name: 'Jane Smith',
        project_id: 'proj_abc123',
      },
    ],
    responses: {
      201: { description: 'The new session.', schema: sessionSchema },
      200: { description: 'The session that already existed.', schema: sessionSchema },
    },
    problems: ['type_conflict', 'conflict', 'upstream_rejected', 'upstream_unavailable'],
  },
  {
    id: 'querySessions',
    method: 'post',
    path: ROUTES.sessionQuery,
    tag: 'Sessions',
    summary: 'List sessions',
    description: 'Lists the sessions of candidates or of a filter. A POST keeps emails out of URLs.',
    access: 'read',
    body: sessionQuerySchema,
    examples: [
      { candidates: [{ candidate_email: 'jane@example.com', project_id: 'proj_abc123' }] },
      { filter: { project_id: 'proj_abc123', status: 'completed' }, sort: '-completed_at', limit: 20 },
    ],
    responses: ok(sessionQueryResponseSchema),
  },
  {
    id: 'getSession',
    method: 'get',
    path: ROUTES.session,
    tag: 'Sessions',
    summary: 'Read a session',
    access: 'read',
    responses: ok(sessionSchema),
    problems: ['not_found'],
  },
  {
    id: 'getTimeline',
    method: 'get',
    path: ROUTES.timeline,
    tag: 'Sessions',
    summary: "Read a session's timeline",
    access: 'read',
    responses: ok(timelineSchema),
    problems: ['not_found'],
  },
  {
    id: 'recordHandover',
    method: 'post',
    path: ROUTES.handovers,
    tag: 'Sessions',
    summary: 'Record that the link was passed on',
    description: 'Colleagues see the handover live. The proxy sends nothing to the candidate.',
    access: 'invite',
    headers: z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() }),
    body: handoverSchema,
    examples: [{ kind: 'invite', channel: 'message' }],
    responses: { 201: { description: 'The session.', schema: sessionSchema } },
    problems: ['not_found'],
  },
  {
    id: 'getScorecard',
    method: 'get',
    path: ROUTES.scorecard,
    tag: 'Results',
    summary: 'Read a scorecard',
    access: 'read',
    headers: z.object({
      'If-None-Match': z.string().optional().describe('The `ETag` of the scorecard that you have.'),
    }),
    responses: {
      200: {
        description: 'The scorecard.',
        schema: scorecardSchema,
        headers: z.object({ ETag: z.string().describe('Changes with the scorecard.') }),
      },
      304: { description: 'The scorecard has not changed.' },
    },
    problems: ['not_found', 'not_ready', 'upstream_rejected', 'upstream_unavailable'],
  },
  {
    id: 'getStanding',
    method: 'get',
    path: ROUTES.percentile,
    tag: 'Results',
    summary: "Read a result's percentile",
    description: 'Returns 404 if `COMPARISON` is off, or if the token names candidates.',
    access: 'read',
    responses: ok(percentileSchema),
    problems: ['not_found'],
  },
];
