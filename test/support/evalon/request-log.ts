/** The API calls that reached this Evalon, and waiting for them. */
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestKind } from './faults.ts';

export interface ReceivedRequest {
  /** Milliseconds since 1970. */
  at: number;
  kind: RequestKind;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else as it came. */
  body: unknown;
}

/** Milliseconds until a call that does not come fails the test. */
const PATIENCE = 10_000;

export class RequestLog {
  requests: ReceivedRequest[] = [];
  readonly #waiters = new Set<() => void>();

  add(request: Omit<ReceivedRequest, 'at'>): void {
    this.requests.push({ at: Date.now(), ...request });
    for (const look of [...this.#waiters]) look();
  }

  clear(): void {
    this.requests = [];
  }

  waitForRequests(count: number, kind?: RequestKind): Promise<ReceivedRequest[]> {
    const found = () => this.requests.filter((request) => kind === undefined || request.kind === kind);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(look);
        reject(new Error(`Evalon received ${found().length} of ${count} calls (${kind ?? 'any'}) in ${PATIENCE} ms`));
      }, PATIENCE);
      const look = () => {
        if (found().length < count) return;
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve(found());
      };
      this.#waiters.add(look);
      look();
    });
  }
}
