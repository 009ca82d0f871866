/** Bodies parsed at the border: what comes out is what the contract says. */
import type { z } from 'zod';
import { InvalidRequest } from '../util/errors.ts';

/** Faults that the sentence names; the list names them all. */
const MAX_LISTED_ERRORS = 10;

/** @throws InvalidRequest naming each fault by its path. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  if (body === undefined) throw new InvalidRequest('The body is missing, or was not sent as application/json.');
  const errors = parsed.error.issues.map(({ path, message, code, input }) => ({
    path: path.join('.'),
    message: code === 'invalid_type' && input === undefined ? 'is missing' : message,
  }));
  const told = errors.slice(0, MAX_LISTED_ERRORS).map(({ path, message }) => `${path || 'The body'} ${message}.`);
  if (errors.length > MAX_LISTED_ERRORS) told.push(`There are ${errors.length - MAX_LISTED_ERRORS} more faults.`);
  throw new InvalidRequest(told.join(' '), errors);
}
