/** A list of the recruiter's own sessions, read from the proxy a page at a time. */
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Client } from '../api/client.ts';
import { parseQueryResponse, type QueryResponse } from '../api/parse.ts';

/** Sessions of a page, and the most that the proxy answers at once. */
const PAGE = 50;
const MOST = 200;

export class PaginatedList {
  readonly statuses: string[];
  readonly #sort: string;
  /** How many are to be read, and how many were asked for. */
  #wantedCount = PAGE;
  #readCount = 0;
  /** Where it goes on; undefined at its end. */
  #nextPage: string | undefined;
  /** When the last one that was read was heard of. */
  lastUpdatedAt = '';

  constructor(status: string[], sort: string) {
    this.statuses = status;
    this.#sort = sort;
  }

  /** Whether there are more than were read. */
  get hasMore(): boolean {
    return !!this.#nextPage;
  }

  /** Wants another page than those that were read. */
  requestMore(): void {
    this.#wantedCount = this.#readCount + PAGE;
  }

  /** Begins anew, as far as it was wanted. */
  restart(): void {
    this.#readCount = 0;
    this.#nextPage = undefined;
  }

  /** The pages of what is wanted and was not read yet. */
  async *readPages(client: Client): AsyncGenerator<QueryResponse> {
    while (this.#readCount < this.#wantedCount && (!this.#readCount || this.#nextPage)) {
      const limit = Math.min(MOST, this.#wantedCount - this.#readCount);
      const page = await client.request(ROUTES.sessionQuery, { body: this.#buildQuery(limit) }, parseQueryResponse);
      this.#nextPage = page.next;
      this.#readCount += limit;
      this.lastUpdatedAt = page.sessions.at(-1)?.updated_at ?? '';
      yield page;
    }
  }

  #buildQuery(limit: number): object {
    const after = this.#nextPage;
    return { filter: { mine: true, status: this.statuses }, sort: this.#sort, limit, ...(after && { after }) };
  }
}
