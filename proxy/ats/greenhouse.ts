/**
 * The connector for Greenhouse (Harvest v3). Merging two people removes one person id but keeps all application ids. So
 * if the page's URL has both ids, the connector looks up the application. If the URL's person id still belongs to a
 * different person, the connector returns no candidate.
 */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import type { Clock } from '../util/clock.ts';
import {
  basicAuthHeader,
  type Connector,
  createIdSchema,
  idSchema,
  listOf,
  optional,
  toAtsCandidate,
} from './connector.ts';
import { CredentialsRejected } from './errors.ts';
import type { AtsFetch } from './http.ts';

const LABEL = 'Greenhouse';

const candidateSchema = z.object({
  id: idSchema,
  first_name: optional(z.string()),
  last_name: optional(z.string()),
  email_addresses: listOf(z.object({ value: z.string() })),
});

/** A prospect has no `job_id`, but may have `prospective_job_ids`. */
const applicationSchema = z.object({
  id: idSchema,
  candidate_id: idSchema,
  job_id: optional(idSchema),
  prospective_job_ids: listOf(idSchema),
});
type Application = z.infer<typeof applicationSchema>;

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
  expires_at: z.string().optional().catch(undefined),
});

/** Used if Greenhouse states no expiry. */
const DEFAULT_TOKEN_TTL_MS = 300_000;
/** The connector replaces a token this long before it expires. */
const EXPIRY_MARGIN_MS = 60_000;
/** Greenhouse's maximum. */
const PAGE_SIZE = '500';

const idsSchema = z
  .strictObject({ person: createIdSchema('digits').optional(), application: createIdSchema('digits').optional() })
  .refine((ids) => ids.person ?? ids.application, 'must name a person or an application')
  .transform((ids) => ids as Record<string, string>);

export function createGreenhouseConnector(
  config: NonNullable<AtsConfig['greenhouse']>,
  fetchAts: AtsFetch,
  clock: Clock,
): Connector {
  const tokens = createAccessTokenCache(config, fetchAts, clock);

  /** Retries once with a new token if Greenhouse refuses a cached one. */
  async function fetchRows<T>(
    path: string,
    filter: Record<string, string>,
    rowSchema: z.ZodType<T>,
    signal: AbortSignal,
  ) {
    const requestRows = async () => {
      const rows = await fetchAts({
        url: `${config.url}${path}?${new URLSearchParams(filter)}`,
        headers: { authorization: `Bearer ${await tokens.get(signal)}` },
        responseSchema: z.array(z.unknown()).pipe(listOf(rowSchema)),
        signal,
      });
      return rows ?? [];
    };
    try {
      return await requestRows();
    } catch (error) {
      if (!(error instanceof CredentialsRejected) || !tokens.invalidate()) throw error;
      return requestRows();
    }
  }

  async function getCandidate(id: string, signal: AbortSignal) {
    const candidates = await fetchRows('/candidates', { ids: id }, candidateSchema, signal);
    return candidates.find((candidate) => candidate.id === id);
  }

  /** Filters the list again, in case the API ignores the query. */
  async function listApplications({ person, application }: Record<string, string>, signal: AbortSignal) {
    if (application) {
      const rows = await fetchRows('/applications', { ids: application }, applicationSchema, signal);
      return rows.filter(({ id }) => id === application);
    }
    const filter = { candidate_ids: person ?? '', per_page: PAGE_SIZE };
    const rows = await fetchRows('/applications', filter, applicationSchema, signal);
    return rows.filter(({ candidate_id }) => candidate_id === person);
  }

  return {
    ats: 'greenhouse',
    label: LABEL,
    idsSchema,
    async findCandidate(ids, signal) {
      const { person, application } = ids;
      const applications = await listApplications(ids, signal);
      if (application && applications.length !== 1) return undefined;
      const id = applications[0]?.candidate_id ?? person ?? '';
      if (person && person !== id && (await getCandidate(person, signal))) return undefined;
      const candidate = await getCandidate(id, signal);
      if (!candidate) return undefined;
      return toAtsCandidate({
        ...(applications.length === 1 && { applicationId: applications[0]?.id }),
        emails: candidate.email_addresses.map(({ value }) => value),
        name: [candidate.first_name, candidate.last_name].filter(Boolean).join(' '),
        jobIds: applications.flatMap(listJobIds),
      });
    },
  };
}

function listJobIds({ job_id, prospective_job_ids }: Application): string[] {
  return job_id === undefined ? prospective_job_ids : [job_id];
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
        authorization: basicAuthHeader(clientId, clientSecret),
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
     * Forgets the token. Returns whether a new token may help: only if the old one had been reused. If Greenhouse
     * refuses a brand-new token, the credentials lack permission.
     */
    invalidate(): boolean {
      const wasReused = cached?.isReused ?? false;
      cached = undefined;
      return wasReused;
    },
  };
}
