/** Describes a route for the API reference. The tests check that the proxy's responses match the description. */
import { z } from 'zod';
import type { ProblemCode } from '../problem.ts';

/** The sections of the reference, in order, and what each is about. */
export const TAGS = {
  Sessions: 'Invite candidates, and read their sessions.',
  Results: 'Read scorecards, and compare results.',
  Events: 'Follow changes live.',
  Batches: 'Invite many candidates at once.',
  Candidates: 'Find the candidate of an ATS page.',
  'Sign-in': 'Single sign-on for recruiters.',
  Webhooks: 'Requests from other systems.',
  Administration: 'For IT, with `ADMIN_TOKEN` or `METRICS_TOKEN`.',
  Service: 'Health, this reference, and the widget.',
} as const;

/**
 * What the caller must send: a recruiter's token with a scope (`recruiter`: any scope), a token of IT, a secret in the
 * URL (`path`), or nothing (`public`).
 */
export type Access = 'read' | 'invite' | 'recruiter' | 'admin' | 'metrics' | 'path' | 'public';

export interface OperationResponse {
  description: string;
  /** Absent: no body. */
  schema?: z.ZodType;
  /** Default: `application/json`. */
  mediaType?: string;
  headers?: z.ZodObject;
  example?: unknown;
}

export interface Operation {
  /** The name of the method in generated clients. */
  id: string;
  method: 'get' | 'post';
  /** A pattern of routes.ts. */
  path: string;
  tag: keyof typeof TAGS;
  summary: string;
  description?: string;
  access: Access;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** Valid bodies. A test sends them. */
  examples?: readonly unknown[];
  responses: Readonly<Record<number, OperationResponse>>;
  /** The codes of errors, in addition to those that every route with this access and body can return. */
  problems?: readonly ProblemCode[];
}

/** A successful JSON response. */
export const ok = (schema: z.ZodType, description = 'Success.') => ({ 200: { description, schema } });

export const htmlPageSchema = z.string().describe('An HTML page.');
export const jsonLinesSchema = z.string().describe('One JSON object in each line.');
