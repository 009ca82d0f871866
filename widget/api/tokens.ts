/** Fetches the recruiter's token when a request needs one, and again 60 s before it expires. All requests share it. */
import type { Clock } from '../util/clock.ts';
import { type JsonRecord, readNumber, toRecord } from '../util/json.ts';
import { isTimeout, withTimeout } from '../util/with-timeout.ts';
import { toProblem, WidgetProblem } from './errors.ts';
import type { TokenSource } from './token-source.ts';

export interface TokenListener {
  onNewToken(): void;
  onSignedOut(): void;
}

const TIMEOUT_MS = 10_000;
const RENEW_BEFORE_MS = 60_000;
/** If this machine's clock is ahead, every token looks expired. The widget still renews tokens no more often than this. */
const MIN_LIFETIME_MS = 30_000;
/** Far below 24 days, because a browser's timer with a delay over 24 days fires at once. */
const MAX_LIFETIME_MS = 3_600_000;

export class Tokens {
  /** Milliseconds since 1970; undefined without a token, or if the token has no expiry. */
  renewAt: number | undefined;
  /** Whether the token is limited to certain candidates. */
  isCandidateScoped = false;
  /** Whether the recruiter signed in with the widget, and so can sign out. */
  isSignedIn = false;
  readonly #source: TokenSource;
  readonly #clock: Clock;
  readonly #listeners = new Set<TokenListener>();
  #token: string | undefined;
  #pendingToken: Promise<string> | undefined;

  constructor(source: TokenSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: TokenListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** With single sign-on, returns undefined until the proxy has refused a request: a proxy in sandbox mode needs no token. */
  async get(): Promise<string | undefined> {
    if (this.#source.isSingleSignOn && !this.#token) return undefined;
    const isExpiring = this.renewAt !== undefined && this.#clock.now() >= this.renewAt;
    return this.#token && !isExpiring ? this.#token : this.renew(this.#token);
  }

  /** Returns a token other than `refused`. Concurrent requests share the new token. */
  async renew(refused: string | undefined): Promise<string> {
    if (this.#token && this.#token !== refused) return this.#token;
    this.#pendingToken ??= this.#fetchToken().finally(() => {
      this.#pendingToken = undefined;
    });
    return this.#pendingToken;
  }

  /** Forgets the token of a recruiter who signed in with the widget. */
  signOut(): void {
    if (!this.isSignedIn) return;
    this.isSignedIn = false;
    this.#token = undefined;
    this.renewAt = undefined;
    for (const { onSignedOut } of [...this.#listeners]) onSignedOut();
  }

  async #fetchToken(): Promise<string> {
    const token = await withTimeout(this.#clock, TIMEOUT_MS, (signal) =>
      this.#source.fetchToken(this.#token, signal),
    ).catch((cause: unknown) => {
      throw this.#toProblem(cause);
    });
    if (!token || typeof token !== 'string') {
      this.signOut();
      throw new WidgetProblem('no_token');
    }
    this.#token = token;
    this.isSignedIn = this.#source.isSingleSignOn;
    const claims = readClaims(token);
    this.isCandidateScoped = !!claims['candidates'];
    this.renewAt = computeRenewal(claims, this.#clock.now());
    for (const { onNewToken } of [...this.#listeners]) onNewToken();
    return token;
  }

  #toProblem(cause: unknown): WidgetProblem {
    if (!this.#source.isSingleSignOn) {
      return isTimeout(cause) ? new WidgetProblem('no_token', { cause }) : toProblem(cause, 'no_token');
    }
    const problem = toProblem(cause, 'unreachable');
    if (problem.code === 'unauthenticated' || problem.code === 'forbidden') this.signOut();
    return problem;
  }
}

function computeRenewal(claims: JsonRecord, now: number): number | undefined {
  const expiry = readNumber(claims, 'exp');
  if (!expiry) return undefined;
  return Math.min(Math.max(expiry * 1000 - RENEW_BEFORE_MS, now + MIN_LIFETIME_MS), now + MAX_LIFETIME_MS);
}

/** Reads the claims of a JWT without verifying it: the proxy verifies it. */
function readClaims(token: string): JsonRecord {
  try {
    return toRecord(JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    return {};
  }
}
