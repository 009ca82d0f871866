/** The type of a benchmark's result, and functions that several benchmarks use. */

export interface BenchResult {
  name: string;
  value: number;
  unit: string;
  /** The highest acceptable value. */
  bound?: number;
  /** The lowest acceptable value. */
  least?: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return sorted.length % 2 ? high : (low + high) / 2;
}

export async function measureMs(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
