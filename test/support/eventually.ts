/** Polls for a condition that no event announces. */

type Truthy<T> = NonNullable<Exclude<T, false | 0 | ''>>;

/**
 * Calls `condition` until it returns a truthy value, and returns that value.
 * @throws the last error of `condition`, or a timeout.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 30_000, intervalMs = 25 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<Truthy<T>> {
  const end = Date.now() + timeoutMs;
  let lastError: unknown = new Error(`no truthy result in ${timeoutMs} ms: ${condition}`);
  do {
    try {
      const value = await condition();
      if (value) return value as Truthy<T>;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  } while (Date.now() < end);
  throw lastError;
}
