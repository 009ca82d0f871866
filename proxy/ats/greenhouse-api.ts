/** Calls Greenhouse's Harvest v3 with an access token, for the connector and the writer. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import type { Clock } from '../util/clock.ts';
import { buildBasicAuthHeader, listOfValid } from './connector.ts';
import { CredentialsRejected } from './errors.ts';
import type { AtsFetch, AtsRequest } from './http.ts';

const LABEL = 'Greenhouse';

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
  expires_at: z.string().optional().catch(undefined),
});

/** Used if Greenhouse states no expiry. */
const DEFAULT_TOKEN_TTL_MS = 300_000;
/** How long before its expiry the cache replaces a token. */
const EXPIRY_MARGIN_MS = 60_000;

export interface GreenhouseApi {
  /**
   * Sends a request to a path such as `/notes`. Returns undefined if Greenhouse responds with 404.
   * @throws AtsRejected, AtsUnavailable
   */
  request<T = true>(path: string, request: Omit<AtsRequest<T>, 'url' | 'headers'>): Promise<T | undefined>;
  /** Requests a list and drops its invalid rows. */
  fetchRows<T>(
    path: string,
    filter: Record<string, string>,
    rowSchema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T[]>;
}

export function createGreenhouseApi(
  config: NonNullable<AtsConfig['greenhouse']>,
  fetchAts: AtsFetch,
  clock: Clock,
): GreenhouseApi {
  const tokens = createAccessTokenCache(config, fetchAts, clock);

  /** Retries once with a new token if Greenhouse refuses a cached token. */
  async function request<T>(path: string, options: Omit<AtsRequest<T>, 'url' | 'headers'>): Promise<T | undefined> {
    const send = async () =>
      fetchAts<T>({
        ...options,
        url: `${config.url}${path}`,
        headers: {
          authorization: `Bearer ${await tokens.get(options.signal)}`,
          ...(options.body !== undefined && { 'content-type': 'application/json' }),
        },
      });
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof CredentialsRejected) || !tokens.invalidate()) throw error;
      return send();
    }
  }

  return {
    request,
    async fetchRows(path, filter, rowSchema, signal) {
      const responseSchema = z.array(z.unknown()).pipe(listOfValid(rowSchema));
      return (await request(`${path}?${new URLSearchParams(filter)}`, { responseSchema, signal })) ?? [];
    },
  };
}

/** Caches the access token (client credentials grant, RFC 6749, 4.4). Concurrent callers share one request. */
function createAccessTokenCache(config: NonNullable<AtsConfig['greenhouse']>, fetchAts: AtsFetch, clock: Clock) {
  const { tokenUrl, clientId, clientSecret, userId } = config;
  let cached: { token: string; replaceAtMs: number; isReused: boolean } | undefined;
  let pending: Promise<string> | undefined;

  async function fetchToken(signal: AbortSignal): Promise<string> {
    const response = await fetchAts({
      url: tokenUrl,
      method: 'POST',
      headers: {
        authorization: buildBasicAuthHeader(clientId, clientSecret),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: String(new URLSearchParams({ grant_type: 'client_credentials', ...(userId && { sub: userId }) })),
      responseSchema: tokenSchema,
      signal,
    });
    if (!response)
      throw new CredentialsRejected(`${LABEL} has no token endpoint at ATS_GREENHOUSE_TOKEN_URL. Contact IT.`);
    const { access_token: token, expires_in, expires_at } = response;
    const statedTtlMs = expires_in ? expires_in * 1_000 : Date.parse(expires_at ?? '') - clock.now();
    const ttlMs = Number.isNaN(statedTtlMs) ? DEFAULT_TOKEN_TTL_MS : statedTtlMs;
    cached = { token, replaceAtMs: clock.monotonic() + ttlMs - EXPIRY_MARGIN_MS, isReused: false };
    return token;
  }

  return {
    async get(signal: AbortSignal): Promise<string> {
      if (cached && clock.monotonic() < cached.replaceAtMs) {
        cached.isReused = true;
        return cached.token;
      }
      pending ??= fetchToken(signal).finally(() => {
        pending = undefined;
      });
      return pending;
    },
    /**
     * Forgets the token. Returns true if a new token may help, because the old token had been reused. If Greenhouse
     * refuses a new token, the credentials lack permission.
     */
    invalidate(): boolean {
      const wasReused = cached?.isReused ?? false;
      cached = undefined;
      return wasReused;
    },
  };
}
