/** Calls Ashby's API, for the connector and the writer. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import { AtsRejected } from '../util/errors.ts';
import { buildBasicAuthHeader } from './connector.ts';
import { invalidResponse } from './errors.ts';
import type { AtsFetch } from './http.ts';

const LABEL = 'Ashby';

/** Ashby reports errors through `success`, with any HTTP status. */
const responseSchema = z.object({
  success: z.boolean(),
  results: z.unknown().optional(),
  errors: z.unknown().optional(),
});

/** Accepts any results, or none. Parses them to true, because undefined means that Ashby finds no such object. */
export const ANY_RESULTS = z.unknown().transform(() => true);

/** Error codes of a request that Ashby would refuse again. */
const INVALID_INPUT = /invalid_input|validation/i;
const NOT_FOUND = /not_?found/i;

/**
 * Calls a method such as `candidate.info` and returns its results. Returns undefined if Ashby finds no such object.
 * @throws AtsRejected, AtsUnavailable
 */
export type AshbyCall = <T>(
  method: string,
  body: object,
  resultsSchema: z.ZodType<T>,
  signal: AbortSignal,
) => Promise<T | undefined>;

export function createAshbyCall({ key, url }: NonNullable<AtsConfig['ashby']>, fetchAts: AtsFetch): AshbyCall {
  return async (method, body, resultsSchema, signal) => {
    const response = await fetchAts({
      url: `${url}/${method}`,
      method: 'POST',
      headers: {
        authorization: buildBasicAuthHeader(key),
        'content-type': 'application/json',
        accept: 'application/json; version=1',
      },
      body: JSON.stringify(body),
      responseSchema,
      signal,
    });
    if (!response) return undefined;
    const errorText = response.success ? '' : JSON.stringify(response.errors);
    if (NOT_FOUND.test(errorText)) return undefined;
    if (INVALID_INPUT.test(errorText)) {
      throw new AtsRejected(`${LABEL} refused the request. Contact IT.`, { cause: `${method} is invalid` });
    }
    if (!response.success) throw invalidResponse(LABEL, `${method} did not succeed`);
    const results = resultsSchema.safeParse(response.results);
    if (results.success) return results.data;
    const invalidPath = results.error.issues[0]?.path.join('.') || 'the root';
    throw invalidResponse(LABEL, `the results of ${method} are invalid at ${invalidPath}`);
  };
}
