/**
 * Greenhouse, by Harvest v3: lists of one, filtered by id. An application's id outlives a merge of persons, a person's does not:
 * where the address has both, the application says who it is, unless the other person is still there too.
 */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import type { Clock } from '../util/clock.ts';
import { basicAuthHeader, type Connector, createIdSchema, idSchema, toAtsCandidate } from './connector.ts';
import { CredentialsRejected } from './errors.ts';
import type { AtsFetch } from './http.ts';

const LABEL = 'Greenhouse';

const candidatesSchema = z.array(
  z.object({
    id: idSchema,
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    email_addresses: z.array(z.object({ value: z.string().nullish() })).nullish(),
  }),
);

/** A prospect has no job yet, at most some in view. */
const applicationsSchema = z.array(
  z.object({
    id: idSchema,
    candidate_id: idSchema,
    job_id: idSchema.nullish(),
    prospective_job_ids: z.array(idSchema).nullish(),
  }),
);
type Application = z.infer<typeof applicationsSchema>[number];

/** How long a token lasts is told in either way. */
const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
  expires_at: z.string().optional().catch(undefined),
});

/** Milliseconds: of a token whose end is not told, and before its end, when it is not used any more. */
const [SHORT_LIFE, MARGIN] = [300_000, 60_000];
/** The most rows that a list gives at once. */
const PAGE_SIZE = '500';

const idsSchema = z
  .strictObject({ person: createIdSchema('digits').optional(), application: createIdSchema('digits').optional() })
  .refine((ids) => ids.person ?? ids.application, 'must name a person or an application')
  .transform((ids) => ids as Record<string, string>);

export function createGreenhouseConnector(
  config: NonNullable<AtsConfig['greenhouse']>,
  ask: AtsFetch,
  clock: Clock,
): Connector {
  const tokens = createTokenCache(config, ask, clock);

  /** A token that is not taken any more is replaced once. */
  async function list<T>(path: string, filter: Record<string, string>, answer: z.ZodType<T[]>, signal: AbortSignal) {
    const url = `${config.url}${path}?${new URLSearchParams(filter)}`;
    const read = async () =>
      (await ask({
        url,
        headers: { authorization: `Bearer ${await tokens.get(signal)}` },
        responseSchema: answer,
        signal,
      })) ?? [];
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof CredentialsRejected) || !tokens.forget()) throw error;
      return read();
    }
  }

  async function candidate(id: string, signal: AbortSignal) {
    return (await list('/candidates', { ids: id }, candidatesSchema, signal)).find((one) => one.id === id);
  }

  return {
    ats: 'greenhouse',
    label: LABEL,
    idsSchema: idsSchema,
    async findCandidate({ person, application }, signal) {
      const filter = application ? { ids: application } : { candidate_ids: person ?? '', per_page: PAGE_SIZE };
      const applications = (await list('/applications', filter, applicationsSchema, signal)).filter(
        (one) => (!application || one.id === application) && (application || one.candidate_id === person),
      );
      const [first, ...more] = applications;
      if (application && (!first || more.length)) return undefined;
      const id = first?.candidate_id ?? person ?? '';
      if (person && person !== id && (await candidate(person, signal))) return undefined;
      const found = await candidate(id, signal);
      return (
        found &&
        toAtsCandidate({
          ...(!more.length && { application: first?.id }),
          emails: (found.email_addresses ?? []).map(({ value }) => value),
          name: [found.first_name, found.last_name].filter(Boolean).join(' '),
          jobs: applications.flatMap(listJobIds),
        })
      );
    },
  };
}

function listJobIds({ job_id, prospective_job_ids }: Application): string[] {
  return job_id ? [job_id] : (prospective_job_ids ?? []);
}

/** The access token, asked for once for all that need it at the same time. */
function createTokenCache(config: NonNullable<AtsConfig['greenhouse']>, ask: AtsFetch, clock: Clock) {
  const { tokenUrl, clientId, clientSecret, userId } = config;
  let held: { token: string; until: number; used: boolean } | undefined;
  let asking: Promise<string> | undefined;

  async function fetchToken(signal: AbortSignal): Promise<string> {
    const answer = await ask({
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
    if (!answer)
      throw new CredentialsRejected(`${LABEL} gives no token at the address that is set. Tell your IT team.`);
    const { access_token: token, expires_in, expires_at } = answer;
    const ends = expires_in ? clock.now() + expires_in * 1_000 : Date.parse(expires_at ?? '');
    held = { token, until: (Number.isNaN(ends) ? clock.now() + SHORT_LIFE : ends) - MARGIN, used: false };
    return token;
  }

  return {
    async get(signal: AbortSignal): Promise<string> {
      if (held && clock.now() < held.until) {
        held.used = true;
        return held.token;
      }
      asking ??= fetchToken(signal).finally(() => {
        asking = undefined;
      });
      return asking;
    },
    /** Whether another one may help: one that came just now was refused for what it may not do. */
    forget(): boolean {
      const stale = held?.used ?? false;
      held = undefined;
      return stale;
    },
  };
}
