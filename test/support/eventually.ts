/** Polls for a condition that no event announces. */

type Truthy<T> = NonNullable<Exclude<T, false | 0 | ''>>;

/**
 * Calls `condition` until it returns a truthy value, and returns that. Times are in milliseconds.
 * @throws the last error of `condition`, or a timeout.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { deadline = 30_000, every = 25 }: { deadline?: number; every?: number } = {},
): Promise<Truthy<T>> {
  const end = Date.now() + deadline;
  let lastError: unknown = new Error(`this did not become true in ${deadline} ms: ${condition}`);
  do {
    try {
      const value = await condition();
      if (value) return value as Truthy<T>;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  } while (Date.now() < end);
  throw lastError;
}
