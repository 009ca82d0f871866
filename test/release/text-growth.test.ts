/** Functions that process untrusted text take no more than linear time, so that no text can stall the proxy. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createInput, HOSTILE_TEXTS, type HostileInput, TEXT_FUNCTIONS } from '../support/text-functions.ts';

const LENGTH = 400;
const FACTOR = 10;
/** A linear function has a ratio of 10, and a quadratic function one of 100. */
const MAX_RATIO = 12;
const MIN_ROUNDS = 2;
/** On a busy machine, only some of many rounds run without an interruption. The best round counts. */
const MAX_ROUNDS = 2_000;
/** A sample repeats calls with the short text for this long, but at most `MAX_REPEATS` calls. */
const MIN_SAMPLE_MS = 0.1;
const MAX_REPEATS = 500;
const WARM_UPS = 20;

function measureMs(run: () => void, repeats: number): number {
  const start = performance.now();
  for (let n = 0; n < repeats; n++) run();
  return performance.now() - start;
}

/** Returns how many times as long a text of ten times the length takes. Stops once the ratio is below `MAX_RATIO`. */
function measureGrowth(
  processText: (input: HostileInput) => void,
  createText: (length: number) => string,
  maxRounds = MAX_ROUNDS,
): number {
  const [short, long] = [createInput(createText(LENGTH)), createInput(createText(LENGTH * FACTOR))];
  const [runShort, runLong] = [() => processText(short), () => processText(long)];
  measureMs(runShort, WARM_UPS);
  const repeats = Math.min(Math.ceil((MIN_SAMPLE_MS * WARM_UPS) / measureMs(runShort, WARM_UPS)), MAX_REPEATS);
  let [shortMs, longMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 1; round <= maxRounds; round++) {
    shortMs = Math.min(shortMs, measureMs(runShort, repeats));
    longMs = Math.min(longMs, measureMs(runLong, repeats));
    if (round >= MIN_ROUNDS && longMs / shortMs < MAX_RATIO) break;
  }
  return longMs / shortMs;
}

describe('ten times the hostile text takes less than twelve times as long', () => {
  for (const [name, run] of Object.entries(TEXT_FUNCTIONS)) {
    it(`in ${name}`, () => {
      for (const [text, create] of HOSTILE_TEXTS) {
        const ratio = measureGrowth(run, create);
        assert.ok(ratio < MAX_RATIO, `${text}: ${ratio.toFixed(1)} times`);
      }
    });
  }

  it('and the test finds a quadratic function', () => {
    const trimEnd = ({ text }: HostileInput) => void / +$/.test(text);
    const maxRounds = 5;
    const spaces = (length: number) => `${' '.repeat(length)}x`;
    assert.ok(measureGrowth(trimEnd, spaces, maxRounds) > MAX_RATIO);
  });
});
