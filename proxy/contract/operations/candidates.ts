import { z } from 'zod';
import { clientConfigSchema } from '../client-config.ts';
import { unknownPageSchema } from '../page-adapter.ts';
import { resolvedCandidateSchema, resolveRequestSchema } from '../resolve.ts';
import * as ROUTES from '../routes.ts';
import { type Operation, ok } from './operation.ts';

export const CANDIDATE_OPERATIONS: readonly Operation[] = [
  {
    id: 'getConfig',
    method: 'get',
    path: ROUTES.config,
    tag: 'Sessions',
    summary: 'Read what the token may use',
    description: "The widget's first request: assessments, message templates, page adapters and languages.",
    access: 'recruiter',
    query: z.object({
      locale: z.string().optional().describe('The language of the built-in messages to candidates. Default: `en`.'),
    }),
    responses: ok(clientConfigSchema),
  },
  {
    id: 'resolveCandidate',
    method: 'post',
    path: ROUTES.resolve,
    tag: 'Candidates',
    summary: 'Look up the candidate of an ATS page',
    description: "Asks the ATS's own API. Requires a connector.",
    access: 'invite',
    body: resolveRequestSchema,
    examples: [
      { ats: 'lever', opportunity: '5b591aed-88e3-4395-b9c6-7d529f93354a' },
      { url: 'https://hire.lever.co/candidates/5b591aed-88e3-4395-b9c6-7d529f93354a' },
    ],
    responses: ok(resolvedCandidateSchema),
    problems: ['not_found', 'upstream_rejected', 'upstream_unavailable'],
  },
  {
    id: 'reportUnknownPage',
    method: 'post',
    path: ROUTES.unknownPage,
    tag: 'Candidates',
    summary: 'Report a page that an adapter could not read',
    access: 'recruiter',
    body: unknownPageSchema,
    examples: [{ adapter: 'greenhouse', host: 'app.greenhouse.io' }],
    responses: { 204: { description: 'The report is logged.' } },
  },
];
