/** What a benchmark answers, and the arithmetic that all of them share. */

export interface BenchResult {
  name: string;
  value: number;
  unit: string;
  /** The most that is acceptable, where the project has set itself a bound. */
  bound?: number;
  /** The least that is acceptable. */
  least?: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return sorted.length % 2 ? high : (low + high) / 2;
}

/** Milliseconds that `run` takes. */
export async function measureMs(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
