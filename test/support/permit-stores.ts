/** Ledgers for a pace without a store. */
import type { Ledger } from '../../proxy/rate-limit/sliding-window.ts';

/** Remembers nothing, at once; what is given is done instead. */
export function createStubPermitStore(changes: Partial<Ledger> = {}): Ledger {
  return {
    held: [],
    silentUntil: Number.NEGATIVE_INFINITY,
    start: async () => {},
    end: () => {},
    drop: () => {},
    silence: async () => {},
    ...changes,
  };
}
