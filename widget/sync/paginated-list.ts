/** A list of the recruiter's own sessions, read from the proxy a page at a time. */
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Client } from '../api/client.ts';
import { parseQueryAnswer, type QueryAnswer } from '../api/parse.ts';

/** Sessions of a page, and the most that the proxy answers at once. */
const PAGE = 50;
const MOST = 200;

export class List {
  readonly status: string[];
  readonly #sort: string;
  /** How many are to be read, and how many were asked for. */
  #wanted = PAGE;
  #read = 0;
  /** Where it goes on; undefined at its end. */
  #next: string | undefined;
  /** When the last one that was read was heard of. */
  upTo = '';

  constructor(status: string[], sort: string) {
    this.status = status;
    this.#sort = sort;
  }

  /** Whether there are more than were read. */
  get hasMore(): boolean {
    return !!this.#next;
  }

  /** Wants another page than those that were read. */
  more(): void {
    this.#wanted = this.#read + PAGE;
  }

  /** Begins anew, as far as it was wanted. */
  begin(): void {
    this.#read = 0;
    this.#next = undefined;
  }

  /** The pages of what is wanted and was not read yet. */
  async *pages(client: Client): AsyncGenerator<QueryAnswer> {
    while (this.#read < this.#wanted && (!this.#read || this.#next)) {
      const limit = Math.min(MOST, this.#wanted - this.#read);
      const page = await client.ask(ROUTES.sessionQuery, { body: this.#question(limit) }, parseQueryAnswer);
      this.#next = page.next;
      this.#read += limit;
      this.upTo = page.sessions.at(-1)?.updated_at ?? '';
      yield page;
    }
  }

  #question(limit: number): object {
    const after = this.#next;
    return { filter: { mine: true, status: this.status }, sort: this.#sort, limit, ...(after && { after }) };
  }
}
