/** A list of the recruiter's own sessions, read page by page. */
import * as ROUTES from '../../proxy/contract/session-routes.ts';
import type { Client } from '../api/client.ts';
import { parseQueryResponse, type QueryResponse } from '../api/parse.ts';

const PAGE_SIZE = 50;
/** The proxy's limit. */
const MAX_PAGE_SIZE = 200;

export class PaginatedList {
  readonly #statuses: string[];
  readonly #sort: string;
  readonly #searchText: string | undefined;
  #wantedCount = PAGE_SIZE;
  #readCount = 0;
  /** Where the next page starts; undefined after the last page. */
  #nextCursor: string | undefined;
  /** `updated_at` of the last session that was read. */
  lastUpdatedAt = '';

  constructor(statuses: string[], sort: string, searchText?: string) {
    this.#statuses = statuses;
    this.#sort = sort;
    this.#searchText = searchText;
  }

  get hasMore(): boolean {
    return !!this.#nextCursor;
  }

  requestMore(): void {
    this.#wantedCount = this.#readCount + PAGE_SIZE;
  }

  /** The next `readPages` starts at the first page, and reads as many sessions as before. */
  restart(): void {
    this.#readCount = 0;
    this.#nextCursor = undefined;
  }

  /** Reads the pages that are missing up to the requested count. */
  async *readPages(client: Client): AsyncGenerator<QueryResponse> {
    while (this.#readCount < this.#wantedCount && (!this.#readCount || this.#nextCursor)) {
      const limit = Math.min(MAX_PAGE_SIZE, this.#wantedCount - this.#readCount);
      const page = await client.request(ROUTES.sessionQuery, { body: this.#buildQuery(limit) }, parseQueryResponse);
      this.#nextCursor = page.next;
      this.#readCount += limit;
      this.lastUpdatedAt = page.sessions.at(-1)?.updated_at ?? '';
      yield page;
    }
  }

  #buildQuery(limit: number): object {
    const after = this.#nextCursor;
    const q = this.#searchText;
    const filter = { mine: true, status: this.#statuses, ...(q && { q }) };
    return { filter, sort: this.#sort, limit, ...(after && { after }) };
  }
}
