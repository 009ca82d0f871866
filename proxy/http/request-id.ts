/** Gives each request an id: the caller's id if it is valid, or a new one. Log lines and calls to Evalon contain it. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { withRequestId } from '../util/request-context.ts';

const REQUEST_ID = /^[\w.-]{8,64}$/;

export const assignRequestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  const id = REQUEST_ID.test(given) ? given : randomUUID();
  response.set('x-request-id', id);
  withRequestId(id, next);
};
