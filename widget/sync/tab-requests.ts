/** The candidates that the other tabs request from the leader. */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import type { RequestMessage, TabMessage, TabRequest } from './tab-messages.ts';

/** The requests of other tabs that fit into the leader's stream. */
export interface CollectedRequests {
  candidates: WatchedCandidate[];
  cursors: string[];
  /** Must be called when the stream covers these candidates. */
  confirm(): void;
}

export class TabRequests {
  readonly #post: (message: TabMessage) => void;
  readonly #requests = new Map<string, TabRequest>();

  constructor(post: (message: TabMessage) => void) {
    this.#post = post;
  }

  /**
   * Stores a tab's newest request, and responds to the tab.
   * @returns whether the stream already has the candidates of the request
   */
  add({ kind: _, tab, ...request }: RequestMessage, covers: (candidates: WatchedCandidate[]) => boolean): boolean {
    const previous = this.#requests.get(tab);
    const isCovered = !!previous && previous.cursor === undefined && covers(request.candidates);
    this.#requests.set(tab, isCovered ? { ...request, cursor: undefined } : request);
    this.#post(isCovered ? { kind: 'covered', tab, revision: request.revision } : { kind: 'alive' });
    return isCovered;
  }

  remove(tab: string): void {
    this.#requests.delete(tab);
  }

  clear(): void {
    this.#requests.clear();
  }

  /** Returns the requests that fit into `capacity` candidates, visible tabs first. */
  collect(capacity: number): CollectedRequests {
    let freeCapacity = capacity;
    const fitting = [...this.#requests]
      .sort(([, a], [, b]) => Number(b.isVisible) - Number(a.isVisible))
      .filter(([, { candidates }]) => {
        const fits = candidates.length <= freeCapacity;
        if (fits) freeCapacity -= candidates.length;
        return fits;
      });
    return {
      candidates: fitting.flatMap(([, request]) => request.candidates),
      cursors: fitting.flatMap(([, request]) => request.cursor ?? []),
      confirm: () => {
        for (const [tab, request] of fitting) {
          request.cursor = undefined;
          this.#post({ kind: 'covered', tab, revision: request.revision });
        }
      },
    };
  }
}
