/** Validates requests before a handler uses them. */
import type { Request, RequestHandler } from 'express';
import type { z } from 'zod';
import { idempotencyKeySchema } from '../contract/batch.ts';
import { InvalidRequest } from '../util/errors.ts';

const MAX_ERRORS = 10;
const MAX_PATH_CHARS = 100;
const MAX_MESSAGE_CHARS = 200;
const MAX_LISTED_KEYS = 5;
const MAX_KEY_CHARS = 40;

/** @throws InvalidRequest with the first errors and their paths. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {}, { error: describeIssue });
  if (parsed.success) return parsed.data;
  if (body === undefined) throw new InvalidRequest('The body is missing or is not application/json.');
  const { issues } = parsed.error;
  const errors = issues.slice(0, MAX_ERRORS).map(({ path, message }) => ({
    path: path.join('.').slice(0, MAX_PATH_CHARS),
    message: message.slice(0, MAX_MESSAGE_CHARS),
  }));
  const sentences = errors.map(({ path, message }) => `${path || 'The body'} ${message}.`);
  if (issues.length > MAX_ERRORS) sentences.push(`${issues.length - MAX_ERRORS} more errors.`);
  throw new InvalidRequest(sentences.join(' '), errors);
}

function describeIssue({ code, input, keys }: { code?: string; input?: unknown; keys?: string[] }): string | undefined {
  if (code === 'invalid_type' && input === undefined) return 'is missing';
  if (code !== 'unrecognized_keys' || !keys) return undefined;
  const listed = keys.slice(0, MAX_LISTED_KEYS).map((key) => JSON.stringify(key.slice(0, MAX_KEY_CHARS)));
  const more = keys.length > MAX_LISTED_KEYS ? ` and ${keys.length - MAX_LISTED_KEYS} more` : '';
  return `has the unknown ${keys.length === 1 ? 'field' : 'fields'} ${listed.join(', ')}${more}`;
}

/** Returns the header `Idempotency-Key`. @throws InvalidRequest */
export function parseIdempotencyKey(request: Request): string | undefined {
  const header = request.get('idempotency-key');
  if (header === undefined) return undefined;
  const { success, data, error } = idempotencyKeySchema.safeParse(header);
  if (success) return data;
  const message = error.issues[0]?.message ?? 'is not valid';
  throw new InvalidRequest(`Idempotency-Key ${message}.`, [{ path: 'Idempotency-Key', message }]);
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
