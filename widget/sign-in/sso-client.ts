/**
 * Signing in at the company's identity provider, and staying so: what a page's window and an extension have in common.
 * DOM-free. The key is made here and cannot be taken out; whoever has the rest of what is kept can do nothing without it.
 */
import type * as ROUTES from '../../proxy/contract/routes.ts';
import type { AuthorizationRequest, AuthorizationResponse, TokenResponse } from '../../proxy/contract/sso.ts';
import { parseProblem, WidgetProblem } from '../api/errors.ts';
import { readString, toRecord } from '../util/json.ts';

/** What a browser keeps of a recruiter who is signed in. */
export interface StoredTokens {
  keyPair: CryptoKeyPair;
  refreshToken: string;
  token: string;
  /** Milliseconds since 1970 after which the token is replaced. */
  renewAt: number;
  name?: string | undefined;
}

/** Where it is kept: for all tabs of the browser. */
export interface TokenStore {
  read(): Promise<StoredTokens | undefined>;
  /** Undefined: nobody is signed in any more. */
  write(kept: StoredTokens | undefined): Promise<void>;
  /** One at a time in the whole browser. */
  withLock<T>(run: () => Promise<T>): Promise<T>;
}

/** A sign-in that was begun: a window belongs to `url`, and to whoever comes back from there belongs `attempt`. */
export interface PendingSignIn {
  attemptId: string;
  authorizationUrl: string;
  codeVerifier: string;
  keyPair: CryptoKeyPair;
}

/** Written out, and held to the contract by their types: its values would be in the file that every page loads. */
const SIGN_IN: typeof ROUTES.signIn = '/v1/sign-in';
const REDEEM: typeof ROUTES.signInRedeem = '/v1/sign-in/redeem';
const RENEW: typeof ROUTES.signInRenew = '/v1/sign-in/renew';
const OUT: typeof ROUTES.signOut = '/v1/sign-in/out';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** Milliseconds before its end that a token is replaced. */
const RENEW_BEFORE = 60_000;
/** Milliseconds that the proxy gets, and the provider behind it. */
const DEADLINE = 20_000;

export class SignInClient {
  readonly #base: string;
  readonly #store: TokenStore;
  readonly #fetch: typeof fetch;

  /** @param proxyUrl without a trailing slash. */
  constructor(proxyUrl: string, keeper: TokenStore, fetcher: typeof fetch) {
    this.#base = proxyUrl;
    this.#store = keeper;
    this.#fetch = fetcher;
  }

  /** Whether this proxy offers it at all. */
  async isAvailable(): Promise<boolean> {
    return this.#request(SIGN_IN).then(
      () => true,
      (problem: WidgetProblem) => {
        if (problem.details.status === 404) return false;
        throw problem;
      },
    );
  }

  /**
   * Begins a sign-in.
   * @param returnTo for an extension: the address that its browser hands back to it (`identity.getRedirectURL()`).
   */
  async start(returnTo?: string): Promise<PendingSignIn> {
    const keys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
    const { kty = '', crv = '', x = '', y = '' } = await crypto.subtle.exportKey('jwk', keys.publicKey);
    const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
    const challenge = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(verifier))));
    const body = { challenge, key: { kty, crv, x, y }, ...(returnTo && { return_to: returnTo }) };
    const begun = toRecord(await this.#post(SIGN_IN, body as AuthorizationRequest));
    const [attempt, url] = [readString(begun, 'attempt'), readString(begun, 'url')] satisfies (
      | keyof AuthorizationResponse
      | unknown
    )[];
    if (!attempt || !url?.startsWith(`${this.#base}/`)) throw new WidgetProblem('bad_answer');
    return { attemptId: attempt, authorizationUrl: url, codeVerifier: verifier, keyPair: keys };
  }

  /** Ends a sign-in well, by the code that came back or that the recruiter has typed. */
  async exchangeCode(
    { attemptId: attempt, codeVerifier: verifier, keyPair: keys }: PendingSignIn,
    code: string,
  ): Promise<void> {
    const proof = await sign(keys, `evalon redeem ${attempt} ${code}`);
    await this.#storeTokens(keys, await this.#post(REDEEM, { attempt, verifier, code, proof }));
  }

  /**
   * A token for whoever is signed in in this browser; undefined where nobody is.
   * @param refused one that the proxy did not take.
   * @throws WidgetProblem where the proxy or the provider cannot be asked: the recruiter stays signed in.
   */
  async getToken(refused?: string): Promise<string | undefined> {
    const good = async () => {
      const kept = await this.#store.read();
      return { kept, token: kept && kept.token !== refused && Date.now() < kept.renewAt ? kept.token : undefined };
    };
    const { kept, token } = await good();
    if (!kept || token) return token;
    return this.#store.withLock(async () => {
      const { kept, token } = await good();
      return !kept || token ? token : this.#refresh(kept);
    });
  }

  /** The name of who is signed in. */
  async getUserName(): Promise<string | undefined> {
    return (await this.#store.read())?.name;
  }

  /**
   * Nobody is signed in any more, in all tabs, nor at the proxy.
   * @throws WidgetProblem where the proxy cannot be reached: then nothing has changed.
   */
  async signOut(): Promise<void> {
    await this.#store.withLock(async () => {
      const kept = await this.#store.read();
      if (kept) {
        await this.#post(OUT, await held(kept, 'out')).catch((problem: WidgetProblem) => {
          if (problem.details.status !== 401) throw problem;
        });
      }
      await this.#store.write(undefined);
    });
  }

  async #refresh(kept: StoredTokens): Promise<string | undefined> {
    try {
      return await this.#storeTokens(kept.keyPair, await this.#post(RENEW, await held(kept, 'renew')));
    } catch (problem) {
      const { status } = (problem as WidgetProblem).details ?? {};
      if (status !== 401 && status !== 403) throw problem;
      await this.#store.write(undefined);
      if (status === 403) throw problem;
      return undefined;
    }
  }

  async #storeTokens(keys: CryptoKeyPair, answer: unknown): Promise<string> {
    const told = toRecord(answer);
    const names = ['token', 'handle', 'name'] as const satisfies (keyof TokenResponse)[];
    const [token, handle, name] = names.map((one) => readString(told, one));
    if (!token || !handle) throw new WidgetProblem('bad_answer');
    const until = Date.now() + (Number(told['expires_in']) || 0) * 1_000 - RENEW_BEFORE;
    await this.#store.write({ keyPair: keys, refreshToken: handle, token, renewAt: until, name });
    return token;
  }

  #post(path: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.#request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async #request(path: string, how: RequestInit = {}): Promise<unknown> {
    const response = await this.#fetch(this.#base + path, {
      ...how,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(DEADLINE),
    }).catch((cause: unknown) => {
      throw new WidgetProblem('unreachable', { cause });
    });
    if (!response.ok) throw await parseProblem(response);
    return response.json().catch(() => undefined);
  }
}

async function held({ keyPair: keys, refreshToken: handle }: StoredTokens, use: 'renew' | 'out') {
  return { handle, proof: await sign(keys, `evalon ${use} ${handle}`) };
}

async function sign({ privateKey }: CryptoKeyPair, text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.sign(ALGORITHM, privateKey, bytesOf(text))));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
