/** Requests of the checks, each with a deadline. */
const TIMEOUT_MS = 10_000;

export function request(url: string, options: RequestInit = {}): Promise<Response> {
  return fetch(url, {
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    ...options,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

/** Rejects if the promise does not settle in time. */
export function withDeadline<T>(promise: Promise<T>): Promise<T> {
  const deadline = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no result within ${TIMEOUT_MS / 1_000} s`)), TIMEOUT_MS);
  });
  return Promise.race([promise, deadline]);
}

/** Returns undefined if the body is no JSON object. */
export async function readJson(response: Response): Promise<Record<string, unknown> | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
}
