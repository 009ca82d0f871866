/**
 * Steering by HTTP, from any origin: POST /__test__/<verb> with JSON.
 * complete {session_uuid, scorecard?, notify?} · event {session_uuid, event} · webhook {body, url?, headers?} ·
 * misbehave {kind?, fault, times?} · behave · forget · requests · session {candidate_email, project_id}
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, RequestKind, TestEvalon, Webhook } from '../evalon.ts';
import { readBody } from './body.ts';
import type { EvalonScorecard } from './sessions.ts';

const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
};

interface Steering {
  session_uuid: string;
  event: string;
  scorecard?: Partial<EvalonScorecard>;
  notify?: boolean;
  body: Webhook | string;
  url?: string;
  headers?: Record<string, string>;
  kind?: RequestKind | 'any';
  fault: Fault;
  times?: number;
  candidate_email: string;
  project_id: string;
}

type Verb = (evalon: TestEvalon, told: Steering) => unknown;

const VERBS: Record<string, Verb> = {
  complete: (evalon, { session_uuid, scorecard, notify }) => evalon.completeSession(session_uuid, scorecard, notify),
  event: (evalon, { session_uuid, event }) => evalon.sendEvent(session_uuid, event),
  webhook: (evalon, { body, url, headers }) =>
    evalon.sendWebhook(body, { ...(url && { url }), ...(headers && { headers }) }),
  misbehave: (evalon, { kind = 'any', fault, times }) => evalon.injectFault(kind, fault, times),
  behave: (evalon) => evalon.clearFaults(),
  forget: (evalon) => evalon.clearRequests(),
  requests: (evalon) => evalon.requests,
  session: (evalon, { candidate_email, project_id }) => evalon.findSession(candidate_email, project_id),
};

export async function handleControlRequest(
  evalon: TestEvalon,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const told = ((await readBody(request)) ?? {}) as Steering;
  const verb = VERBS[(request.url ?? '').slice('/__test__/'.length)];
  if (request.method === 'OPTIONS' || !verb) {
    response.writeHead(verb ? 204 : 404, ANY_ORIGIN).end();
    return;
  }
  const answer = await verb(evalon, told);
  response.writeHead(200, { ...ANY_ORIGIN, 'content-type': 'application/json' }).end(JSON.stringify(answer ?? null));
}
