import { describe, it } from 'node:test';
import { assertMemoryDoesNotGrow, ENDLESS_BODIES, MEMORY_SKIP_REASON } from '../support/memory-growth.ts';

describe('the proxy’s memory', { skip: MEMORY_SKIP_REASON }, () => {
  it('does not grow with endless responses from Evalon', (test) => assertMemoryDoesNotGrow(test, [ENDLESS_BODIES]));
});
