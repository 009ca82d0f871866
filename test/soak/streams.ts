/** Runs the benchmark of 5,000 streams on one process. The benchmark's bounds are requirements of the soak run. */
import { measureStreams } from '../bench/streams.ts';
import type { SoakResult } from './soak-result.ts';

export async function soakStreams(): Promise<SoakResult[]> {
  return (await measureStreams()).map(({ name, value, unit, bound }) => ({
    what: name,
    value,
    unit,
    ...(bound !== undefined && { holds: value <= bound }),
  }));
}
