/**
 * The recruiter's token: asked of the page, or of single sign-on where the page knows no way and the proxy wants one; kept
 * until 60 s before it ends, asked for once however many need it. It goes into one header and nowhere else.
 */
import type { Clock } from '../util/clock.ts';
import { type JsonRecord, readNumber, readString, toRecord } from '../util/json.ts';
import { withTimeout } from '../util/with-timeout.ts';
import { toProblem, WidgetProblem } from './errors.ts';

/** The part of the widget that a page never needs which gives tokens by itself. */
const loadSignIn = () => import('../sign-in/sign-in.ts');

/** The page's own way to a token. */
export type TokenProvider = () => Promise<string> | string;

/** A function of the page, the address of a same-origin POST, or nothing (single sign-on, sandbox). */
export type TokenSource = TokenProvider | string | undefined;

const DEADLINE = 10_000;
const RENEW_BEFORE = 60_000;
const LONGEST = 3_600_000;

export class Tokens {
  /** When the present one should be replaced; undefined where there is none or it does not say. */
  declare renewAt: number | undefined;
  /** Whether the present one is for some candidates only. */
  isCandidateScoped = false;
  /** Called with every new token, before anything is sent with it. */
  onNewToken: () => void = () => {};
  /** Called when the recruiter has signed out. */
  declare onSignedOut: () => void;
  /** Who is signed in by single sign-on, and the way out: a view. */
  declare accountView: unknown;
  /** Whose single sign-on it would be. */
  declare proxyUrl: string;
  readonly #source: TokenSource;
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;
  #token: string | undefined;
  #pendingRequest: Promise<string> | undefined;

  constructor(source: TokenSource, clock: Clock, fetcher: typeof fetch) {
    this.#source = source;
    this.#clock = clock;
    this.#fetch = fetcher;
  }

  /** The present token, or a new one when it is about to end; undefined where nobody has to sign in, as far as is known. */
  async get(): Promise<string | undefined> {
    if (!this.#source && !this.#token) return undefined;
    const lasts = this.renewAt === undefined || this.#clock.now() < this.renewAt;
    return this.#token && lasts ? this.#token : this.renew(this.#token);
  }

  /** A token other than `refused`; if somebody has fetched one meanwhile, that one. */
  async renew(refused: string | undefined): Promise<string | undefined> {
    if (this.#token && this.#token !== refused) return this.#token;
    this.#pendingRequest ??= this.#requestToken().finally(() => {
      this.#pendingRequest = undefined;
    });
    return this.#pendingRequest;
  }

  async #requestToken(): Promise<string> {
    const token = await withTimeout(this.#clock, DEADLINE, (signal) => this.#fetchToken(signal)).catch(
      (cause: unknown) => {
        throw this.#source ? new WidgetProblem('no_token', { cause }) : toProblem(cause);
      },
    );
    if (!token || typeof token !== 'string') throw new WidgetProblem('no_token');
    this.#token = token;
    const claims = claimsOf(token);
    this.isCandidateScoped = !!claims['candidates'];
    this.renewAt = renewalOf(claims, this.#clock.now());
    this.onNewToken();
    return token;
  }

  async #fetchToken(signal: AbortSignal): Promise<unknown> {
    if (typeof this.#source === 'function') return this.#source();
    if (!this.#source) return (await loadSignIn()).getSsoToken(this, this.#token);
    const response = await this.#fetch(this.#source, {
      method: 'POST',
      mode: 'same-origin',
      cache: 'no-store',
      signal,
    });
    return response.ok ? readString(toRecord(await response.json()), 'token') : undefined;
  }
}

/** Never at once, or a clock that runs ahead would ask without end; and never later than a timer can wait. */
function renewalOf(claims: JsonRecord, now: number): number | undefined {
  const exp = readNumber(claims, 'exp');
  return exp && Math.min(Math.max(exp * 1000 - RENEW_BEFORE, now + RENEW_BEFORE / 2), now + LONGEST);
}

function claimsOf(token: string): JsonRecord {
  try {
    return toRecord(JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    return {};
  }
}
