import { describe, it } from 'node:test';
import {
  assertMemoryDoesNotGrow,
  MEMORY_SKIP_REASON,
  OVERSIZED_RESPONSES_AND_REDIRECTS,
} from '../support/memory-growth.ts';

describe('the proxy’s memory', { skip: MEMORY_SKIP_REASON }, () => {
  it('does not grow with oversized responses and redirects from Evalon', (test) =>
    assertMemoryDoesNotGrow(test, OVERSIZED_RESPONSES_AND_REDIRECTS));
});
