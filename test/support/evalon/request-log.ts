import type { ApiRequest } from '../../../proxy/sandbox/evalon/api.ts';
import type { RequestKind } from '../../../proxy/sandbox/evalon/faults.ts';

export interface ReceivedRequest extends ApiRequest {
  /** Milliseconds since 1970. */
  at: number;
  kind: RequestKind;
}

const TIMEOUT_MS = 10_000;

export class RequestLog {
  requests: ReceivedRequest[] = [];
  readonly #waiters = new Set<() => void>();

  add(request: Omit<ReceivedRequest, 'at'>): void {
    this.requests.push({ at: Date.now(), ...request });
    for (const check of [...this.#waiters]) check();
  }

  clear(): void {
    this.requests = [];
  }

  waitForRequests(count: number, kind?: RequestKind): Promise<ReceivedRequest[]> {
    const find = () => this.requests.filter((request) => kind === undefined || request.kind === kind);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(check);
        reject(new Error(`Evalon received ${find().length} of ${count} calls (${kind ?? 'any'}) in ${TIMEOUT_MS} ms`));
      }, TIMEOUT_MS);
      const check = () => {
        const found = find();
        if (found.length < count) return;
        clearTimeout(timer);
        this.#waiters.delete(check);
        resolve(found);
      };
      this.#waiters.add(check);
      check();
    });
  }
}
