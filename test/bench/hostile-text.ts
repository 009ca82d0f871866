/** Measures how long each function blocks the event loop on 1 MB of hostile text. */
import { createInput, HOSTILE_TEXTS, TEXT_FUNCTIONS } from '../support/text-functions.ts';
import type { BenchResult } from './figures.ts';

const LENGTH = 1_000_000;
const ROUNDS = 3;
const BOUND_MS = 100;

export async function measureHostileText(): Promise<BenchResult[]> {
  const longestMs: Record<string, number> = {};
  for (const [, createText] of HOSTILE_TEXTS) {
    const text = createText(LENGTH);
    const bestMs: Record<string, number> = {};
    for (let round = 0; round < ROUNDS; round++) {
      // Each round needs new objects, because the parser caches what it knows about an object.
      const input = createInput(text);
      for (const [name, processText] of Object.entries(TEXT_FUNCTIONS)) {
        const start = performance.now();
        processText(input);
        bestMs[name] = Math.min(bestMs[name] ?? Number.POSITIVE_INFINITY, performance.now() - start);
      }
    }
    for (const [name, ms] of Object.entries(bestMs)) longestMs[name] = Math.max(longestMs[name] ?? 0, ms);
  }
  return Object.entries(longestMs).map(([name, value]) => ({
    name: `1 MB of hostile text in ${name}`,
    value,
    unit: 'ms',
    bound: BOUND_MS,
  }));
}
