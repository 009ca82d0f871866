import { describe, it } from 'node:test';
import { assertMemoryDoesNotGrow, MEMORY_SKIP_REASON, OTHER_RESPONSES } from '../support/memory-growth.ts';

describe('the proxy’s memory', { skip: MEMORY_SKIP_REASON }, () => {
  it('does not grow with oversized responses from Evalon', (test) => assertMemoryDoesNotGrow(test, OTHER_RESPONSES));
});
