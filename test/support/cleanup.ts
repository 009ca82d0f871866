import type { TestContext } from 'node:test';

/** Collects tasks that run in reverse order after a test. Node would run them in the given order. */
export function createCleanup(context: TestContext): { after(task: () => unknown): void } {
  const tasks: (() => unknown)[] = [];
  context.after(async () => {
    for (const task of tasks.reverse()) await task();
  });
  return { after: (task) => void tasks.push(task) };
}
