/**
 * Builds the OpenAPI 3.1 document from the operations and from the zod schemas that validate requests.
 *
 * Uses zod-openapi, which reads zod's own metadata. Rejected: `z.toJSONSchema` (builds schemas, but no paths,
 * parameters, headers or shared components), `@asteasolutions/zod-to-openapi` (extends zod's prototype, and keeps a
 * registry of its own).
 */
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { Access, Operation, OperationResponse } from './operations/operation.ts';
import { TAGS } from './operations/operation.ts';
import { OPERATIONS } from './operations.ts';
import { type ProblemCode, problemSchema, UNSUPPORTED_MEDIA_TYPE } from './problem.ts';
import { frameSchema } from './stream.ts';

/** The version of the HTTP API, which is not the version of the package. */
const API_VERSION = '1.0.0';

/** The descriptions of the parameters in paths. */
const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  session_uuid: "Evalon's id of the session: opaque text.",
  batch_id: 'The id of the batch.',
  version: 'The version of the widget, such as `1.0.0`.',
  attempt: 'The id of the sign-in.',
  token: 'The secret `EVALON_WEBHOOK_TOKEN`.',
};

/** The HTTP statuses of each code, and when the proxy returns the code. */
const PROBLEMS: Readonly<Record<ProblemCode, { statuses: readonly number[]; description: string }>> = {
  invalid_request: { statuses: [400], description: 'The request is invalid. `errors` lists at most 10 problems.' },
  unauthenticated: { statuses: [401], description: 'The token is missing, invalid or expired.' },
  forbidden: { statuses: [403], description: 'The token does not permit this.' },
  not_found: { statuses: [404], description: 'The resource does not exist, or the token does not cover it.' },
  not_ready: { statuses: [409], description: 'The result is not available yet.' },
  type_conflict: { statuses: [409], description: 'Evalon already has a session of another assessment: `session`.' },
  conflict: { statuses: [409], description: 'The request conflicts with another change.' },
  too_large: { statuses: [413], description: 'The body is too large.' },
  rate_limited: { statuses: [429], description: 'Too many requests. Try again after `Retry-After`.' },
  upstream_rejected: { statuses: [502], description: 'Evalon or the ATS refused the call.' },
  upstream_unavailable: { statuses: [502, 503], description: 'Evalon or the ATS is not available.' },
  unavailable: { statuses: [503], description: 'The proxy or its database is not available.' },
  internal: { statuses: [500], description: 'An unexpected error.' },
};

const COMMON_PROBLEMS: readonly ProblemCode[] = ['invalid_request', 'unavailable', 'internal'];
const RECRUITER_PROBLEMS: readonly ProblemCode[] = ['unauthenticated', 'forbidden', 'rate_limited'];
const IT_PROBLEMS: readonly ProblemCode[] = ['unauthenticated', 'not_found', 'rate_limited'];

const ACCESS_RULES: Readonly<
  Record<Access, { problems: readonly ProblemCode[]; security?: 'recruiter' | 'admin' | 'metrics'; note?: string }>
> = {
  public: { problems: [] },
  path: { problems: [] },
  recruiter: { problems: RECRUITER_PROBLEMS, security: 'recruiter' },
  read: { problems: RECRUITER_PROBLEMS, security: 'recruiter', note: 'Requires the scope `read`.' },
  invite: { problems: RECRUITER_PROBLEMS, security: 'recruiter', note: 'Requires the scope `invite`.' },
  admin: { problems: IT_PROBLEMS, security: 'admin' },
  metrics: { problems: IT_PROBLEMS, security: 'metrics' },
};

/** @param publicUrl the proxy's URL in browsers, without a trailing slash. */
export function buildOpenApiDocument(publicUrl: string): ReturnType<typeof createDocument> {
  const problemResponses: Record<string, ZodOpenApiResponseObject> = {};
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of OPERATIONS) {
    const path = toOpenApiPath(operation.path);
    paths[path] = { ...paths[path], [operation.method]: buildOperation(operation, problemResponses) };
  }
  const document: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: {
      title: 'Evalon ATS proxy',
      version: API_VERSION,
      description: "Invites candidates to Evalon's assessments, and returns their statuses and results.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { Frame: frameSchema, Problem: problemSchema },
      responses: problemResponses,
      securitySchemes: {
        recruiter: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: "A recruiter's token, which the ATS's backend or single sign-on issues.",
        },
        admin: { type: 'http', scheme: 'bearer', description: '`ADMIN_TOKEN`. Without it the routes return 404.' },
        metrics: { type: 'http', scheme: 'bearer', description: '`METRICS_TOKEN`. Without it the route returns 404.' },
      },
    },
  };
  return createDocument(document, { override: simplify });
}

/** Removes what zod adds and clients don't need. Allows unknown fields, because a later version may add some. */
function simplify({ zodSchema, jsonSchema }: Parameters<ZodOpenApiOverride>[0]): void {
  const { def } = zodSchema._zod;
  if (def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

/** `/v1/batches/:batch_id` becomes `/v1/batches/{batch_id}`. */
export function toOpenApiPath(pattern: string): string {
  return pattern.replaceAll(/:(\w+)/g, '{$1}');
}

function buildOperation(
  operation: Operation,
  problemResponses: Record<string, ZodOpenApiResponseObject>,
): ZodOpenApiOperationObject {
  const { id, tag, summary, access, query, headers, body, examples = [] } = operation;
  const { security, note } = ACCESS_RULES[access];
  const description = [operation.description, note].filter(Boolean).join(' ');
  const pathNames = [...operation.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const pathParameters = z.object(
    Object.fromEntries(pathNames.map((name) => [name, z.string().describe(PATH_PARAMETERS[name] ?? name)])),
  );
  const responses: ZodOpenApiOperationObject['responses'] = {};
  for (const [status, codes] of groupProblemsByStatus(operation)) {
    // `invalid_request` has the status 400 or 415, so its response with 415 needs another name.
    const name = codes.join('_or_') + (status === UNSUPPORTED_MEDIA_TYPE ? `_${status}` : '');
    problemResponses[name] ??= buildProblemResponse(status, codes);
    responses[`${status}` as keyof typeof responses] = { $ref: `#/components/responses/${name}` };
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    responses[status as keyof typeof responses] = buildResponse(response);
  }
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: security ? [{ [security]: [] }] : [],
    requestParams: {
      ...(pathNames.length && { path: pathParameters }),
      ...(query && { query }),
      ...(headers && { header: headers }),
    },
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body, ...toExamples(examples) } } },
    }),
    responses,
  };
}

function toExamples(values: readonly unknown[]) {
  const examples = Object.fromEntries(values.map((value, index) => [`example-${index + 1}`, { value }]));
  return values.length ? { examples } : {};
}

function buildResponse({ description, schema, mediaType = 'application/json', headers, example }: OperationResponse) {
  return {
    description,
    ...(headers && { headers }),
    ...(schema && { content: { [mediaType]: { schema, ...(example !== undefined && { example }) } } }),
  };
}

/** Returns the problem codes of an operation, grouped by HTTP status. */
function groupProblemsByStatus({ access, body, problems = [] }: Operation): Map<number, ProblemCode[]> {
  const bodyProblems: readonly ProblemCode[] = body ? ['too_large'] : [];
  const codes = new Set([...COMMON_PROBLEMS, ...ACCESS_RULES[access].problems, ...bodyProblems, ...problems]);
  const byStatus = new Map<number, ProblemCode[]>(body ? [[UNSUPPORTED_MEDIA_TYPE, ['invalid_request']]] : []);
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    if (!codes.has(code)) continue;
    for (const status of PROBLEMS[code].statuses) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

function buildProblemResponse(status: number, codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const hasRetryAfter = status === 429 || status === 503;
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].description}`).join(' '),
    ...(hasRetryAfter && {
      headers: z.object({ 'Retry-After': z.string().describe('Seconds after which a retry makes sense.') }),
    }),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            {
              type: 'object',
              properties: { code: { type: 'string', enum: [...codes] }, status: { type: 'integer', const: status } },
              required: ['code', 'status'],
            },
          ],
        },
      },
    },
  };
}
