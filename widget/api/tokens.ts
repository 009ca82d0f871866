/**
 * The recruiter's token: asked of the page, or of single sign-on where the page knows no way and the proxy wants one; kept
 * until 60 s before it ends, asked for once however many need it. It goes into one header and nowhere else.
 */
import type { Clock } from '../util/clock.ts';
import { type JsonRecord, numberIn, recordOf, textIn } from '../util/json.ts';
import { within } from '../util/with-timeout.ts';
import { WidgetProblem } from './errors.ts';

/** The part of the widget that a page never needs which gives tokens by itself. */
const loadSignIn = () => import('../sign-in/sign-in.ts');

/** The page's own way to a token. */
export type TokenMaker = () => Promise<string> | string;

/** A function of the page, the address of a same-origin POST, or nothing (single sign-on, sandbox). */
export type TokenSource = TokenMaker | string | undefined;

const DEADLINE = 10_000;
const RENEW_BEFORE = 60_000;
const LONGEST = 3_600_000;

export class Tokens {
  /** When the present one should be replaced; undefined where there is none or it does not say. */
  declare renewAt: number | undefined;
  /** Whether the present one is for some candidates only. */
  isScoped = false;
  /** Called with every new token, before anything is sent with it. */
  onFresh: () => void = () => {};
  /** Called when the recruiter has signed out. */
  declare onLeave: () => void;
  /** Who is signed in by single sign-on, and the way out: a view. */
  declare account: unknown;
  /** Whose single sign-on it would be. */
  declare proxyUrl: string;
  readonly #source: TokenSource;
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;
  #token: string | undefined;
  #asking: Promise<string> | undefined;

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
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<string> {
    const token = await within(this.#clock, DEADLINE, (signal) => this.#make(signal)).catch((cause: unknown) => {
      throw this.#source ? new WidgetProblem('no_token', { cause }) : cause;
    });
    if (!token || typeof token !== 'string') throw new WidgetProblem('no_token');
    this.#token = token;
    const claims = claimsOf(token);
    this.isScoped = !!claims['candidates'];
    this.renewAt = renewalOf(claims, this.#clock.now());
    this.onFresh();
    return token;
  }

  async #make(signal: AbortSignal): Promise<unknown> {
    if (typeof this.#source === 'function') return this.#source();
    if (!this.#source) return (await loadSignIn()).tokenFor(this, this.#token);
    const response = await this.#fetch(this.#source, {
      method: 'POST',
      mode: 'same-origin',
      cache: 'no-store',
      signal,
    });
    return response.ok ? textIn(recordOf(await response.json()), 'token') : undefined;
  }
}

/** Never at once, or a clock that runs ahead would ask without end; and never later than a timer can wait. */
function renewalOf(claims: JsonRecord, now: number): number | undefined {
  const exp = numberIn(claims, 'exp');
  return exp && Math.min(Math.max(exp * 1000 - RENEW_BEFORE, now + RENEW_BEFORE / 2), now + LONGEST);
}

function claimsOf(token: string): JsonRecord {
  try {
    return recordOf(JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    return {};
  }
}
