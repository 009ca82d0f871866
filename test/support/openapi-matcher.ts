/** Matches responses against the OpenAPI document. */
import assert from 'node:assert/strict';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { buildOpenApiDocument } from '../../proxy/contract/openapi.ts';

export interface CheckedResponse {
  method: string;
  /** With or without a query. */
  path: string;
  status: number;
  headers: Headers;
  /** The parsed JSON, or the text of any other type. */
  body: unknown;
}

/** Parts of the OpenAPI document, as parsed JSON. */
interface DocumentedResponse {
  $ref?: string;
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, { schema: object }>;
}
interface DocumentedOperation {
  operationId: string;
  responses: Record<string, DocumentedResponse>;
}

const DOCUMENT_ID = 'openapi';
const document = forbidUnknownFields(JSON.parse(JSON.stringify(buildOpenApiDocument('http://127.0.0.1'))));
const responses: Record<string, DocumentedResponse> = document.components.responses;
const operations = Object.entries<Record<string, DocumentedOperation>>(document.paths)
  .map(([path, byMethod]) => ({ path, byMethod, pattern: toPattern(path) }))
  // A path without parameters wins over one with parameters.
  .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));

const ajv = new Ajv2020({ strict: false, validateSchema: false });
formats.default(ajv);
ajv.addSchema(document, DOCUMENT_ID);
const validators = new WeakMap<object, ValidateFunction>();

/** @throws AssertionError if the document does not describe the response. */
export function assertDocumented({ method, path, status, headers, body }: CheckedResponse): void {
  const { pathname } = new URL(path, 'http://127.0.0.1');
  const operation = operations.find(({ pattern }) => pattern.test(pathname))?.byMethod[method.toLowerCase()];
  const mediaType = headers.get('content-type')?.split(';')[0];
  if (!operation) {
    assert.ok(status >= 400, `${method} ${pathname} returned ${status}, and /openapi.json lacks it`);
    return;
  }
  const name = `${operation.operationId} returned ${status}`;
  const documented = operation.responses[status];
  assert.ok(documented, `${name}, which /openapi.json lacks: ${JSON.stringify(body)}`);
  const { content, headers: expectedHeaders = {} } = resolveReference(documented);
  for (const [header, { required }] of Object.entries(expectedHeaders)) {
    assert.ok(!required || headers.has(header), `${name} without the header ${header}`);
  }
  if (!content) {
    assert.ok(!body, `${name} with a body`);
    return;
  }
  const schema = mediaType === undefined ? undefined : content[mediaType]?.schema;
  assert.ok(schema, `${name} as ${mediaType}, and /openapi.json has ${Object.keys(content)}`);
  const validate = getValidator(schema);
  assert.ok(validate(body), `${name}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`);
}

function resolveReference(response: DocumentedResponse): DocumentedResponse {
  const name = response.$ref?.split('/').at(-1);
  return name === undefined ? response : (responses[name] as DocumentedResponse);
}

function getValidator(schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${DOCUMENT_ID}#/`));
  const validator = ajv.compile(absolute);
  validators.set(schema, validator);
  return validator;
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/**
 * Changes the document so that it forbids fields that it does not name. The published document permits them, because a
 * later version may add fields. Problems (objects with a `code`) may have further fields, as RFC 9457 says. Parts of an
 * `allOf` may have further fields, because each part describes only some fields of an object.
 */
// biome-ignore lint/suspicious/noExplicitAny: walks JSON of every shape
function forbidUnknownFields(node: any, isPartOfAll = false): any {
  if (typeof node !== 'object' || node === null) return node;
  for (const [key, value] of Object.entries(node)) forbidUnknownFields(value, isPartOfAll || key === 'allOf');
  const isClosed = node.type === 'object' && node.properties && !isPartOfAll;
  if (isClosed && node.additionalProperties === undefined && !node.properties.code) node.additionalProperties = false;
  return node;
}
