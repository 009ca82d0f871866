import type { TestContext } from 'node:test';

/** Collects functions that run in reverse order at the end of a test. Node would run them in the given order. */
export function createCleanup(context: TestContext): { after(end: () => unknown): void } {
  const ends: (() => unknown)[] = [];
  context.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return { after: (end) => void ends.push(end) };
}
