/**
 * Matches responses against the OpenAPI document, if `CHECK_OPENAPI` is set. The suite's clients call it for every
 * response. Compiling the schemas costs each test process a second, so only the runs on PostgreSQL set it.
 */
import type { CheckedResponse } from './openapi-matcher.ts';

const matcher = process.env['CHECK_OPENAPI'] === '1' ? await import('./openapi-matcher.ts') : undefined;

/** @throws AssertionError if the document does not describe the response. */
export function assertDocumented(response: CheckedResponse): void {
  matcher?.assertDocumented(response);
}
