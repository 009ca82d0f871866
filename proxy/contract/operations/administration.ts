import { z } from 'zod';
import { auditRequestSchema, candidateRequestSchema, rereadRequestSchema } from '../admin.ts';
import * as ROUTES from '../routes.ts';
import { jsonLinesSchema, type Operation, ok } from './operation.ts';

const jsonLinesResponse = {
  200: { description: 'Success.', mediaType: 'application/x-ndjson', schema: jsonLinesSchema },
};

export const ADMINISTRATION_OPERATIONS: readonly Operation[] = [
  {
    id: 'getCounts',
    method: 'get',
    path: ROUTES.admin,
    tag: 'Administration',
    summary: 'Count sessions, waiting webhooks and open streams',
    access: 'admin',
    responses: ok(
      z.object({
        environment: z.string(),
        sessions: z.int(),
        inbox: z.int().describe('Webhooks that wait to be processed.'),
        streams: z.int(),
      }),
    ),
  },
  {
    id: 'readAuditLog',
    method: 'post',
    path: ROUTES.adminAudit,
    tag: 'Administration',
    summary: 'Read the audit log',
    access: 'admin',
    body: auditRequestSchema,
    examples: [{ after: 0 }],
    responses: jsonLinesResponse,
  },
  {
    id: 'exportCandidate',
    method: 'post',
    path: ROUTES.adminExport,
    tag: 'Administration',
    summary: 'Export everything stored about a candidate',
    access: 'admin',
    body: candidateRequestSchema,
    examples: [{ candidate_email: 'jane@example.com' }],
    responses: ok(
      z
        .looseObject({
          candidate_email: z.string(),
          sessions: z.array(z.looseObject({})),
          unrecognized_webhooks: z.array(z.looseObject({})),
          batches: z.array(z.looseObject({})),
          audit: z.array(z.looseObject({})),
        })
        .meta({ id: 'CandidateExport' }),
      'The lists are empty if the candidate is unknown.',
    ),
  },
  {
    id: 'explainCandidate',
    method: 'post',
    path: ROUTES.adminExplanation,
    tag: 'Administration',
    summary: "Explain a candidate's results, as a text for the candidate",
    access: 'admin',
    body: candidateRequestSchema,
    examples: [{ candidate_email: 'jane@example.com' }],
    responses: {
      200: {
        description: 'Markdown. It marks what the company and Evalon must add.',
        mediaType: 'text/markdown',
        schema: z.string(),
      },
    },
  },
  {
    id: 'eraseCandidate',
    method: 'post',
    path: ROUTES.adminErase,
    tag: 'Administration',
    summary: 'Erase a candidate',
    access: 'admin',
    body: candidateRequestSchema,
    examples: [{ candidate_email: 'jane@example.com' }],
    responses: ok(
      z.record(z.string(), z.int()).meta({ id: 'ErasureCounts' }),
      'The number of erased rows of each kind.',
    ),
  },
  {
    id: 'rereadScorecards',
    method: 'post',
    path: ROUTES.adminReread,
    tag: 'Administration',
    summary: 'Fetch scorecards again',
    access: 'admin',
    body: rereadRequestSchema,
    examples: [{ all: true }],
    responses: ok(z.object({ scheduled: z.int().describe('The number of scheduled reads.') })),
  },
  {
    id: 'listWrites',
    method: 'post',
    path: ROUTES.adminWrites,
    tag: 'Administration',
    summary: 'List what the proxy wrote into the ATS, or will write',
    access: 'admin',
    responses: jsonLinesResponse,
  },
  {
    id: 'retryWrites',
    method: 'post',
    path: ROUTES.adminWritesRetry,
    tag: 'Administration',
    summary: 'Retry the writes into the ATS that failed or are held',
    access: 'admin',
    responses: ok(
      z.object({
        retried: z.int(),
        superseded: z
          .int()
          .describe('Failed writes that stay, because the ATS has a later version of the same session.'),
      }),
    ),
  },
  {
    id: 'backUp',
    method: 'post',
    path: ROUTES.adminBackup,
    tag: 'Administration',
    summary: 'Download a backup of the database',
    access: 'admin',
    responses: {
      200: {
        description: 'A SQLite database.',
        mediaType: 'application/vnd.sqlite3',
        schema: z.string().meta({ override: { format: 'binary' } }),
        headers: z.object({ 'Repr-Digest': z.string().describe('The SHA-256 digest of the file (RFC 9530).') }),
      },
    },
    problems: ['conflict'],
  },
  {
    id: 'getMetrics',
    method: 'get',
    path: ROUTES.metrics,
    tag: 'Administration',
    summary: 'Read the metrics',
    access: 'metrics',
    responses: {
      200: { description: 'Metrics for Prometheus.', mediaType: 'text/plain', schema: z.string() },
    },
  },
];
