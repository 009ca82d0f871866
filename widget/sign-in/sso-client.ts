/**
 * Signs a recruiter in at the company's identity provider, through the proxy, and keeps them signed in. Pages and the
 * extension share this code. It does not use the DOM. Each sign-in has a key pair, whose private key the browser never
 * exports. A stolen refresh token is useless without this key.
 */
import type * as ROUTES from '../../proxy/contract/routes.ts';
import type { AuthorizationRequest, AuthorizationResponse, TokenResponse } from '../../proxy/contract/sso.ts';
import { parseProblem, WidgetProblem } from '../api/errors.ts';
import { readNumber, readString, stringifyJson, toRecord } from '../util/json.ts';

export interface StoredTokens {
  keyPair: CryptoKeyPair;
  refreshToken: string;
  token: string;
  /** Milliseconds since 1970. */
  renewAt: number;
  /** The recruiter's name. */
  name?: string | undefined;
}

/** Shared by all tabs of the browser. */
export interface TokenStore {
  read(): Promise<StoredTokens | undefined>;
  /** `undefined` removes the tokens. */
  write(tokens: StoredTokens | undefined): Promise<void>;
  /** Runs one task at a time in the whole browser. */
  withLock<T>(task: () => Promise<T>): Promise<T>;
}

/** A sign-in that waits for the authorization code. */
export interface PendingSignIn {
  attemptId: string;
  authorizationUrl: string;
  codeVerifier: string;
  keyPair: CryptoKeyPair;
}

/**
 * Literals that the contract's types check. Importing the values would put all routes into the shared chunk. The API
 * says "redeem" for the exchange of the code, "renew" for the refresh, and "handle" for the refresh token.
 */
const SIGN_IN: typeof ROUTES.signIn = '/v1/sign-in';
const REDEEM: typeof ROUTES.signInExchange = '/v1/sign-in/redeem';
const RENEW: typeof ROUTES.signInRefresh = '/v1/sign-in/renew';
const SIGN_OUT: typeof ROUTES.signOut = '/v1/sign-in/out';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const IS_PRIVATE_KEY_EXTRACTABLE = false;
const RENEW_BEFORE_MS = 60_000;
/** The proxy may have to ask the identity provider. */
const TIMEOUT_MS = 20_000;

export class SignInClient {
  readonly #proxyUrl: string;
  readonly #store: TokenStore;
  readonly #fetch: typeof fetch;

  /** @param proxyUrl without a trailing slash. */
  constructor(proxyUrl: string, store: TokenStore, fetcher: typeof fetch) {
    this.#proxyUrl = proxyUrl;
    this.#store = store;
    this.#fetch = fetcher;
  }

  /** Whether the proxy has single sign-on. */
  async isAvailable(): Promise<boolean> {
    try {
      await this.#request(SIGN_IN);
      return true;
    } catch (problem) {
      if ((problem as WidgetProblem).details?.status === 404) return false;
      throw problem;
    }
  }

  /**
   * @param destination where the provider sends the browser back to. For an extension: `identity.getRedirectURL()`. For
   *   the proxy's result page: its session. Absent: the window posts a message to the page.
   */
  async start(destination: Pick<AuthorizationRequest, 'return_to' | 'session_uuid'> = {}): Promise<PendingSignIn> {
    const keyPair = await crypto.subtle.generateKey(KEY_ALGORITHM, IS_PRIVATE_KEY_EXTRACTABLE, ['sign', 'verify']);
    const { kty = '', crv = '', x = '', y = '' } = await crypto.subtle.exportKey('jwk', keyPair.publicKey);
    const codeVerifier = encodeBase64url(crypto.getRandomValues(new Uint8Array(32)));
    const digest = await crypto.subtle.digest('SHA-256', encodeUtf8(codeVerifier));
    const challenge = encodeBase64url(new Uint8Array(digest));
    const body = { challenge, key: { kty, crv, x, y }, ...destination };
    const response = toRecord(await this.#post(SIGN_IN, body as AuthorizationRequest));
    const names = ['attempt', 'url'] as const satisfies (keyof AuthorizationResponse)[];
    const [attemptId, authorizationUrl] = names.map((name) => readString(response, name));
    if (!attemptId || !authorizationUrl?.startsWith(`${this.#proxyUrl}/`)) throw new WidgetProblem('bad_answer');
    return { attemptId, authorizationUrl, codeVerifier, keyPair };
  }

  /** Completes a sign-in with the code that the window returned or that the recruiter typed. */
  async exchangeCode({ attemptId, codeVerifier, keyPair }: PendingSignIn, code: string): Promise<void> {
    const proof = await sign(keyPair, `evalon redeem ${attemptId} ${code}`);
    const body = { attempt: attemptId, verifier: codeVerifier, code, proof };
    await this.#storeTokens(keyPair, await this.#post(REDEEM, body));
  }

  /**
   * Returns the recruiter's token, refreshed if necessary; undefined if no recruiter is signed in.
   * @param refused a token that the proxy did not accept.
   * @throws WidgetProblem if the proxy or the provider does not respond; the recruiter stays signed in.
   */
  async getToken(refused?: string): Promise<string | undefined> {
    const stored = await this.#store.read();
    if (!stored || isUsable(stored, refused)) return stored?.token;
    return this.#store.withLock(async () => {
      // Another tab may have refreshed the token before this one got the lock.
      const current = await this.#store.read();
      return !current || isUsable(current, refused) ? current?.token : this.#refresh(current);
    });
  }

  async getUserName(): Promise<string | undefined> {
    return (await this.#store.read())?.name;
  }

  /**
   * Signs the recruiter out in all tabs and at the proxy.
   * @throws WidgetProblem if the proxy does not respond; the recruiter stays signed in.
   */
  async signOut(): Promise<void> {
    await this.#store.withLock(async () => {
      const stored = await this.#store.read();
      if (stored) {
        await this.#postWithProof(SIGN_OUT, stored, 'out').catch((problem: WidgetProblem) => {
          // 401: the proxy has already ended the sign-in.
          if (problem.details.status !== 401) throw problem;
        });
      }
      await this.#store.write(undefined);
    });
  }

  async #refresh(stored: StoredTokens): Promise<string | undefined> {
    try {
      return await this.#storeTokens(stored.keyPair, await this.#postWithProof(RENEW, stored, 'renew'));
    } catch (problem) {
      const { status } = (problem as WidgetProblem).details ?? {};
      // 401: the sign-in has ended. 403: the recruiter no longer has access.
      if (status !== 401 && status !== 403) throw problem;
      await this.#store.write(undefined);
      if (status === 403) throw problem;
      return undefined;
    }
  }

  async #storeTokens(keyPair: CryptoKeyPair, value: unknown): Promise<string> {
    const response = toRecord(value);
    const names = ['token', 'handle', 'name'] as const satisfies (keyof TokenResponse)[];
    const [token, refreshToken, name] = names.map((key) => readString(response, key));
    if (!token || !refreshToken) throw new WidgetProblem('bad_answer');
    const lifetimeMs = (readNumber(response, 'expires_in') ?? 0) * 1_000;
    await this.#store.write({ keyPair, refreshToken, token, renewAt: Date.now() + lifetimeMs - RENEW_BEFORE_MS, name });
    return token;
  }

  async #postWithProof(
    path: string,
    { keyPair, refreshToken }: StoredTokens,
    action: 'renew' | 'out',
  ): Promise<unknown> {
    const proof = await sign(keyPair, `evalon ${action} ${refreshToken}`);
    return this.#post(path, { handle: refreshToken, proof });
  }

  #post(path: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.#request(path, { method: 'POST', headers, body: stringifyJson(body) });
  }

  async #request(path: string, options: RequestInit = {}): Promise<unknown> {
    const response = await this.#fetch(this.#proxyUrl + path, {
      ...options,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new WidgetProblem('unreachable', { cause });
    });
    if (!response.ok) throw await parseProblem(response);
    return response.json().catch(() => undefined);
  }
}

function isUsable({ token, renewAt }: StoredTokens, refused: string | undefined): boolean {
  return token !== refused && Date.now() < renewAt;
}

async function sign({ privateKey }: CryptoKeyPair, text: string): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.sign(KEY_ALGORITHM, privateKey, encodeUtf8(text))));
}

function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function encodeBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
