/** The rows of a list in their order. While the pointer is over the lists, no row moves, appears or disappears. */
import type { Session } from '../../api/parse.ts';

/** How many rows a list shows at first, and how many each "Show more" adds. */
const PAGE_SIZE = 10;

export class RowOrder {
  /** The rows that stay in place while the pointer is over the lists. */
  #frozen: string[] | undefined;
  #shown: string[] = [];
  #limit = PAGE_SIZE;
  /** How many rows "Show more" has added while the rows were frozen. */
  #added = 0;

  /** How many rows the list shows at most. */
  get limit(): number {
    return this.#limit;
  }

  showMore(): void {
    this.#limit += PAGE_SIZE;
    if (this.#frozen) this.#added += PAGE_SIZE;
  }

  freeze(): void {
    this.#frozen ??= this.#shown;
  }

  release(): void {
    this.#frozen = undefined;
    this.#added = 0;
  }

  /** Whether this list keeps the row in place, although another list may have the session now. */
  keeps(sessionUuid: string): boolean {
    return this.#frozen?.includes(sessionUuid) ?? false;
  }

  /** Returns the ids of the rows to show. `sorted` are the sessions that the list has now. */
  arrange(sorted: readonly Session[]): string[] {
    const uuids = sorted.map(({ session_uuid }) => session_uuid);
    const frozen = this.#frozen;
    this.#shown = frozen
      ? [...frozen, ...uuids.filter((uuid) => !frozen.includes(uuid)).slice(0, this.#added)]
      : uuids.slice(0, this.#limit);
    return this.#shown;
  }
}
