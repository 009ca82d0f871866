/** Lever: what its addresses and its API call a candidate is an opportunity, one person's for one posting at most. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import { basicAuthHeader, type Connector, createIdSchema, idSchema, toAtsCandidate } from './connector.ts';
import type { AtsFetch } from './http.ts';

const opportunitySchema = z.object({
  data: z.object({
    id: idSchema,
    name: z.string().nullish(),
    emails: z.array(z.string()).nullish(),
    /** Ids alone where they were not expanded. */
    applications: z
      .array(z.union([z.string(), z.object({ posting: z.union([idSchema, z.object({ id: idSchema })]).nullish() })]))
      .nullish(),
  }),
});

const idsSchema = z.strictObject({ opportunity: createIdSchema('uuid') });

export function createLeverConnector({ key, url }: NonNullable<AtsConfig['lever']>, ask: AtsFetch): Connector {
  return {
    ats: 'lever',
    label: 'Lever',
    idsSchema: idsSchema,
    async findCandidate({ opportunity = '' }, signal) {
      const answer = await ask({
        url: `${url}/opportunities/${encodeURIComponent(opportunity)}?expand=applications`,
        headers: { authorization: basicAuthHeader(key, '') },
        responseSchema: opportunitySchema,
        signal,
      });
      if (answer?.data.id !== opportunity) return undefined;
      const { id, name, emails, applications } = answer.data;
      return toAtsCandidate({
        application: id,
        emails: emails ?? [],
        name: name ?? '',
        jobs: (applications ?? []).flatMap((one) => (typeof one === 'string' ? [] : toPostingIds(one.posting))),
      });
    },
  };
}

function toPostingIds(posting: string | { id: string } | null | undefined): string[] {
  return posting ? [typeof posting === 'string' ? posting : posting.id] : [];
}
