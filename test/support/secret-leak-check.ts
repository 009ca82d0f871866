/**
 * The API key of every test. The test clients search each response, frame and process output for it, so that every test
 * also checks that the key does not leak.
 */
export const CANARY_API_KEY = 'eva_test_canary_7c1f4b9e2d';

/**
 * Returns the text unchanged.
 * @throws if the text contains the API key.
 */
export function assertNoSecretLeak(text: string, source: string): string {
  if (text.includes(CANARY_API_KEY)) throw new Error(`the API key leaked in ${source}`);
  return text;
}
