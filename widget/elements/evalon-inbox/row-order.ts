/** The order of a list's rows. While the pointer is over the lists, no row moves, appears or disappears. */
import type { Session } from '../../api/parse.ts';

/** How many rows a list shows at first, and how many more each click on "Show more" adds. */
const PAGE_SIZE = 10;

export class RowOrder {
  /** The rows that stay in place while the pointer is over the lists. */
  #frozen: string[] | undefined;
  #shown: string[] = [];
  #limit = PAGE_SIZE;
  /** How many rows "Show more" has added since the rows were frozen. */
  #addedCount = 0;

  /** The maximum number of rows that the list shows. */
  get limit(): number {
    return this.#limit;
  }

  showMore(): void {
    this.#limit += PAGE_SIZE;
    if (this.#frozen) this.#addedCount += PAGE_SIZE;
  }

  freeze(): void {
    this.#frozen ??= this.#shown;
  }

  release(): void {
    this.#frozen = undefined;
    this.#addedCount = 0;
  }

  /** Whether the row stays in this list for now, even if its session has moved to the other list. */
  isFrozen(sessionUuid: string): boolean {
    return this.#frozen?.includes(sessionUuid) ?? false;
  }

  /** Returns the UUIDs of the rows to show. `sorted` contains the list's current sessions in order. */
  arrange(sorted: readonly Session[]): string[] {
    const uuids = sorted.map(({ session_uuid }) => session_uuid);
    const frozen = this.#frozen;
    this.#shown = frozen
      ? [...frozen, ...uuids.filter((uuid) => !frozen.includes(uuid)).slice(0, this.#addedCount)]
      : uuids.slice(0, this.#limit);
    return this.#shown;
  }
}
