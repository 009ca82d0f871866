/**
 * Controls the test Evalon over HTTP, from any origin. The path names the command, and the body contains its
 * parameters:
 *
 * - complete {session_uuid, scorecard?, notify?}
 * - event {session_uuid, event}
 * - webhook {body, url?, headers?}
 * - inject-fault {kind?, fault, times?}
 * - clear-faults
 * - dialect {dialect}
 * - requests
 * - clear-requests
 * - session {candidate_email, project_id}
 */
import express, { type Router } from 'express';
import type { Dialect, EvalonScorecard, Fault, RequestKind, TestEvalon, WebhookEvent } from '../evalon.ts';

interface Parameters {
  session_uuid: string;
  event: string;
  scorecard?: Partial<EvalonScorecard>;
  notify?: boolean;
  body: WebhookEvent | string;
  url?: string;
  headers?: Record<string, string>;
  kind?: RequestKind | 'any';
  fault: Fault;
  times?: number;
  dialect: Dialect;
  candidate_email: string;
  project_id: string;
}

type Command = (evalon: TestEvalon, parameters: Parameters) => unknown;

const COMMANDS = new Map<string, Command>([
  [
    'complete',
    (evalon, { session_uuid, scorecard, notify }) => evalon.completeSession(session_uuid, { scorecard, notify }),
  ],
  ['event', (evalon, { session_uuid, event }) => evalon.sendEvent(session_uuid, event)],
  [
    'webhook',
    (evalon, { body, url, headers }) => evalon.sendWebhook(body, { ...(url && { url }), ...(headers && { headers }) }),
  ],
  ['inject-fault', (evalon, { kind = 'any', fault, times }) => evalon.injectFault(kind, fault, { times })],
  ['clear-faults', (evalon) => evalon.clearFaults()],
  ['dialect', (evalon, { dialect }) => evalon.setDialect(dialect)],
  ['requests', (evalon) => evalon.requests],
  ['clear-requests', (evalon) => evalon.clearRequests()],
  ['session', (evalon, { candidate_email, project_id }) => evalon.findSession(candidate_email, project_id)],
]);

export function createControlApi(evalon: TestEvalon): Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set('access-control-allow-origin', '*').set('access-control-allow-headers', '*');
    next();
  });
  router.options('/:command', (_request, response) => void response.sendStatus(204));
  router.post('/:command', express.json({ type: () => true, limit: '10mb' }), async ({ params, body }, response) => {
    const command = COMMANDS.get(params.command);
    if (!command) return void response.sendStatus(404);
    response.json((await command(evalon, (body ?? {}) as Parameters)) ?? null);
  });
  return router;
}
