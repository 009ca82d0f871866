/** Validates requests before a handler uses them. */
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { InvalidRequest } from '../util/errors.ts';

/** The message lists at most this many errors. `errors` contains all of them. */
const MAX_LISTED_ERRORS = 10;

/** @throws InvalidRequest with each error and its path. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  if (body === undefined) throw new InvalidRequest('The body is missing or is not application/json.');
  const errors = parsed.error.issues.map(({ path, message, code, input }) => ({
    path: path.join('.'),
    message: code === 'invalid_type' && input === undefined ? 'is missing' : message,
  }));
  const sentences = errors.slice(0, MAX_LISTED_ERRORS).map(({ path, message }) => `${path || 'The body'} ${message}.`);
  if (errors.length > MAX_LISTED_ERRORS) sentences.push(`${errors.length - MAX_LISTED_ERRORS} more errors.`);
  throw new InvalidRequest(sentences.join(' '), errors);
}

/** Refuses a path with invalid percent-encoding, because some handlers would throw. */
export const rejectMalformedPath: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.path);
  } catch {
    throw new InvalidRequest('The path has invalid percent-encoding.');
  }
  next();
};
