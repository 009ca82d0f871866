/** Waiting for a fact that nothing announces. */

/**
 * Asks again and again until `look` answers something true, and answers that.
 * @throws what `look` threw last, or that it never became true, after `deadline` milliseconds.
 */
export async function waitFor<T>(
  look: () => T | Promise<T>,
  { deadline = 30_000, every = 25 }: { deadline?: number; every?: number } = {},
): Promise<NonNullable<Exclude<T, false | 0 | ''>>> {
  const end = Date.now() + deadline;
  let last: unknown = new Error(`this did not come true in ${deadline} ms: ${look}`);
  do {
    try {
      const answer = await look();
      if (answer) return answer as NonNullable<Exclude<T, false | 0 | ''>>;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  } while (Date.now() < end);
  throw last;
}
