/**
 * The store of the background jobs. If several nodes share the database, only the node that holds the lease runs the
 * jobs. On any other node, reads and writes of this store throw LeaseLost.
 */
import { Unavailable } from '../util/errors.ts';
import type { NodeLink } from './database.ts';
import type { Store } from './store.ts';

/** Another node holds the lease of the background jobs. */
export class LeaseLost extends Unavailable {
  constructor() {
    super('Another node runs the background jobs.');
  }
}

export function createJobStore(store: Store, nodeLink: NodeLink): Store {
  function assertRunsJobs(): void {
    if (!nodeLink.isLeaseHolder) throw new LeaseLost();
  }

  return {
    ...store,
    get epoch() {
      return store.epoch;
    },
    assertRunsJobs,
    async read(read) {
      assertRunsJobs();
      return store.read(read);
    },
    async write(change) {
      assertRunsJobs();
      return store.write((queries) => {
        // Another node can have taken the lease while this write waited for the lock.
        assertRunsJobs();
        return change(queries);
      });
    },
    /** Also calls `listener` when this node starts to run the jobs. */
    onCommit(listener, tables) {
      const stopListening = store.onCommit(listener, tables);
      const stopWaiting = nodeLink.onLeaseAcquired(listener);
      return () => {
        stopListening();
        stopWaiting();
      };
    },
  };
}
