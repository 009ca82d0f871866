/** Reads JSON bodies: UTF-8 only, and limited in size and in nesting before they are parsed. */
import { json, type RequestHandler } from 'express';
import { UNSUPPORTED_MEDIA_TYPE } from '../contract/problem.ts';
import { InvalidRequest } from '../util/errors.ts';
import { isNestedTooDeep, MAX_JSON_DEPTH } from '../util/json.ts';

/** Much longer than any media type with its parameters. */
const MAX_TYPE_CHARS = 1_000;

/** Parses the body of a request with the type `application/json`. Leaves any other body unread. */
export function parseJsonBody(maxBytes: number): RequestHandler[] {
  return [acceptUtf8, json({ limit: maxBytes, strict: true, verify: (_request, _response, body) => checkDepth(body) })];
}

/** Accepts every name of UTF-8, such as `utf8`. Refuses other charsets (RFC 8259, 8.1). */
const acceptUtf8: RequestHandler = (request, _response, next) => {
  const header = request.get('content-type') ?? '';
  if (header.length > MAX_TYPE_CHARS) {
    throw new InvalidRequest('The Content-Type is too long.', [], UNSUPPORTED_MEDIA_TYPE);
  }
  const [type = '', ...parameters] = header.split(';');
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=', 2);
    if (name.trim().toLowerCase() === 'charset' && !isUtf8Label(value.trim().replace(/^"(.*)"$/, '$1'))) {
      throw new InvalidRequest('The charset of the body must be UTF-8.', [], UNSUPPORTED_MEDIA_TYPE);
    }
  }
  // Express's parser would refuse some names of UTF-8.
  if (parameters.length) request.headers['content-type'] = type.trim();
  next();
};

function isUtf8Label(label: string): boolean {
  try {
    return new TextDecoder(label).encoding === 'utf-8';
  } catch {
    return false;
  }
}

/** Brackets have the same bytes in UTF-8 as in Latin-1. */
function checkDepth(body: Buffer): void {
  if (isNestedTooDeep(body.toString('latin1'))) {
    throw new InvalidRequest(`The body is nested deeper than ${MAX_JSON_DEPTH} levels.`);
  }
}
