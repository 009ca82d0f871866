/**
 * Matches responses against the OpenAPI document, if `CHECK_OPENAPI` is set. Compiling the schemas takes a second in
 * each test process, so only the runs on PostgreSQL set `CHECK_OPENAPI`.
 */
import type { CheckedResponse } from './openapi-matcher.ts';

const matcher = process.env['CHECK_OPENAPI'] === '1' ? await import('./openapi-matcher.ts') : undefined;

/** @throws AssertionError if the document does not describe the response. */
export function assertDocumented(response: CheckedResponse): void {
  matcher?.assertDocumented(response);
}
