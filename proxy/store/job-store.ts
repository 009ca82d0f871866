/**
 * The store of the background jobs. If several nodes share the database, only one of them runs the jobs: on the others,
 * and once another node has taken the lease, this store reads and writes nothing.
 */
import { Unavailable } from '../util/errors.ts';
import type { Nodes } from './database.ts';
import type { Store } from './store.ts';

/** Another node runs the background jobs. */
export class LeaseLost extends Unavailable {
  constructor() {
    super('Another node runs the background jobs.');
  }
}

export function createJobStore(store: Store, nodes: Nodes): Store {
  function assertHolder(): void {
    if (!nodes.isLeaseHolder) throw new LeaseLost();
  }

  return {
    ...store,
    get epoch() {
      return store.epoch;
    },
    async read(read) {
      assertHolder();
      return store.read(read);
    },
    async write(change) {
      assertHolder();
      return store.write((queries) => {
        // The holder as of the write lock.
        assertHolder();
        return change(queries);
      });
    },
    /** Also calls `listener` when this node starts to run the jobs. */
    onCommit(listener, tables) {
      const stopListening = store.onCommit(listener, tables);
      const stopWaiting = nodes.onLeaseAcquired(listener);
      return () => {
        stopListening();
        stopWaiting();
      };
    },
  };
}
