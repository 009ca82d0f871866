/** 5,000 streams on one process: the figures of the benchmark, with their bounds as what must hold. */
import { measureStreams as bench } from '../bench/streams.ts';
import type { SoakResult } from './measured.ts';

export async function soakStreams(): Promise<SoakResult[]> {
  return (await bench()).map(({ name, value, unit, bound }) => ({
    what: name,
    value,
    unit,
    ...(bound !== undefined && { holds: value <= bound }),
  }));
}
