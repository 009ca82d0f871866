/**
 * The API key of every test. It must not get out: whatever a test reads of a proxy's answers, frames and output is held
 * against it, so that the whole run is the search.
 */
export const CANARY_API_KEY = 'eva_test_canary_7c1f4b9e2d';

/**
 * Answers the text as it came.
 * @throws where the API key is in it.
 */
export function assertNoSecretLeak(text: string, where: string): string {
  if (text.includes(CANARY_API_KEY)) throw new Error(`the API key got out, in ${where}`);
  return text;
}
